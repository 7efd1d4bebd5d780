// `bot import FILE`: the file of another system in our own format, with what became of each of its keys. The file stays as it is.
import { explainBotConfig } from "../config/index.ts";
import { ownOf, yamlOf } from "../config/own/write.ts";
import { type ExitCode, exit } from "../exit.ts";

/** Prints our own YAML, or one JSON object with `--json`. Never a secret. @throws BpError `config/*` */
export async function importFile(
  file: string,
  { json, ...flags }: Readonly<Record<string, unknown>>,
): Promise<ExitCode> {
  const reading = await explainBotConfig({ file, flags });
  const { config, findings } = reading;
  const text =
    json === true
      ? `${JSON.stringify({ file: config.file, system: config.system, config: ownOf(reading), findings })}\n`
      : yamlOf(reading);
  process.stdout.write(text);
  return exit.done;
}
