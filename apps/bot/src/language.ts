// The language of what a person reads.

/** What was asked for, else what the system speaks; English for everything but Chinese. */
export function languageOf(asked: unknown): "en" | "zh" {
  if (asked === "en" || asked === "zh") return asked;
  return process.env["LANG"]?.startsWith("zh") === true ? "zh" : "en";
}
