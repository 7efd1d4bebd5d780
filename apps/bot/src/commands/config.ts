// `bot config FILE`: what a configuration comes to, and with `--explain` where each value came from. `bot config schema`: our format.

import { rowsOf } from "../config/explain.ts";
import { explainBotConfig, type Finding } from "../config/index.ts";
import { jsonSchemaOf } from "../config/own/schema.ts";
import { schemas } from "../config/params.ts";
import { type ExitCode, exit } from "../exit.ts";

/** Prints the values, secrets as the places where they are kept. @throws BpError `config/*` */
export async function showConfig(
  file: string | undefined,
  { json, explain, ...flags }: Readonly<Record<string, unknown>>,
): Promise<ExitCode> {
  const reading = await explainBotConfig({ file, flags });
  const rows = rowsOf(reading);
  const { config, findings } = reading;
  if (json === true) {
    const values = rows.map(({ path, value, from, name }) => ({ path, value, from, name }));
    process.stdout.write(`${JSON.stringify({ file: config.file, system: config.system, values, keys: findings })}\n`);
    return exit.done;
  }
  const width = Math.min(48, Math.max(...rows.map(({ path }) => path.length)));
  const lines = rows.map(({ path, value, from, name }) => {
    const source = explain === true ? `  (${from}${name === "" ? "" : ` ${name}`})` : "";
    return `${path.padEnd(width)}  ${value}${source}`;
  });
  const told = explain === true ? findings.filter((each) => each.why !== undefined).map(lineOf) : [];
  process.stdout.write(`${[...lines, ...(told.length === 0 ? [] : ["", ...new Set(told)])].join("\n")}\n`);
  return exit.done;
}

const lineOf = ({ key, outcome, why }: Finding) => `${outcome.padEnd(8)} ${key}: ${why ?? ""}`;

/** The JSON Schema of our own format, as it is published. */
export function schemaText(): string {
  return `${JSON.stringify(jsonSchemaOf(schemas()), undefined, 2)}\n`;
}

/** Prints it. */
export function showSchema(): ExitCode {
  process.stdout.write(schemaText());
  return exit.done;
}
