// `bot sandbox`: the exchanges on their own, for bots in other processes and for programs of others.
import { BpError, isBpError } from "@bp/core";
import { type Sandbox, startSandbox } from "@bp/sandbox";
import { systemClock } from "@bp/transport";
import { type ExitCode, exit } from "../exit.ts";
import { fromHere } from "../paths.ts";
import { operatorOfSignals } from "../stop.ts";

/** Serves until it is stopped. */
export async function sandbox(flags: Readonly<Record<string, unknown>>): Promise<ExitCode> {
  const { ends: stop } = operatorOfSignals("stop");
  const port = wholeNumber("--port", flags["port"], 65_532);
  const seed = wholeNumber("--seed", flags["seed"], 4_294_967_295);
  const { market } = flags;
  const speed = typeof flags["speed"] === "string" ? speedOf(flags["speed"]) : undefined;
  const { faults } = flags;
  const running = await startSandbox({
    ...(port === undefined ? {} : { port }),
    ...(seed === undefined ? {} : { seed }),
    ...(speed === undefined ? {} : { speed }),
    ...(typeof market === "string" ? { market: fromHere(market) } : {}),
    ...(typeof faults === "string" ? { faults: fromHere(faults) } : {}),
    aster: port === undefined || port === 0 ? true : { futures: { port: port + 1 }, spot: { port: port + 2 } },
    control: port === undefined || port === 0 ? true : { port: port + 3 },
  });
  process.stdout.write(flags["json"] === true ? jsonOf(running) : textOf(running));
  const told = new Set<string>();
  const tell = (news: string | undefined) => {
    if (news === undefined || told.has(news)) return;
    told.add(news);
    process.stderr.write(`${news}\n`);
  };
  for (const warning of running.warnings) tell(`warning: ${warning}`);
  while (!stop.aborted) {
    await systemClock.sleep(500, stop);
    const { problem } = running;
    if (isBpError(problem, "sim/bad-recording")) tell(`error: ${problem.message}; it plays up to there`);
    else if (problem !== undefined) tell(`error: ${problem.message}; the market stands still, orders are still taken`);
    if (running.ended) tell("the recording has ended; the market stands still, orders are still taken");
  }
  await running.close();
  return running.problem === undefined ? exit.done : exit.failed;
}

/** One line for programs. */
function jsonOf({ rest, ws, accounts, aster, control }: Sandbox): string {
  const site = (of: { readonly rest: string; readonly ws: string } | undefined) => ({ rest: of?.rest, ws: of?.ws });
  return `${JSON.stringify({
    backpack: { rest, ws, accounts },
    aster: { futures: site(aster?.futures), spot: site(aster?.spot), accounts: aster?.accounts },
    control,
  })}\n`;
}

/** The same for people. */
function textOf({ rest, ws, accounts, aster, control }: Sandbox): string {
  const lines = [
    "Backpack sandbox",
    `  REST       ${rest}`,
    `  WebSocket  ${ws}`,
    "Aster sandbox, futures and spot",
    `  REST       ${aster?.futures.rest}  ${aster?.spot.rest}`,
    `  WebSocket  ${aster?.futures.ws}  ${aster?.spot.ws}`,
    "Control (faults, books of record)",
    `  ${control?.url}  token ${control?.token}`,
    "",
    "Test accounts (public keys of this sandbox, worth nothing anywhere else):",
    ...accounts.flatMap(({ name, apiKey, secret }) => {
      const own = aster?.accounts.find((each) => each.name === name);
      return [
        `  ${name.padEnd(8)} Backpack  key ${apiKey}`,
        `                     secret ${secret}`,
        ...(own === undefined
          ? []
          : [
              `           Aster V1  key ${own.hmac.key}`,
              `                     secret ${own.hmac.secret}`,
              `           Aster V3  user ${own.agent.user}`,
              `                     signer ${own.agent.signer}`,
              `                     private key ${own.agent.privateKey}`,
            ]),
      ];
    }),
    "",
    `Trade on it:  bot start --rest ${rest} --ws ${ws}`,
    "Ctrl+C ends it.",
    "",
  ];
  return lines.join("\n");
}

function wholeNumber(flag: string, value: unknown, most: number): number | undefined {
  if (value === undefined) return undefined;
  const read = Number(value);
  if (!Number.isInteger(read) || read < 0 || read > most)
    throw new BpError("config/invalid", {
      path: flag,
      found: JSON.stringify(value),
      expected: `a whole number from 0 to ${most}`,
    });
  return read;
}

function speedOf(text: string): number | "max" {
  if (text === "max") return "max";
  const speed = Number(text);
  if (!(speed > 0 && speed <= 1_000))
    throw new BpError("config/invalid", {
      path: "--speed",
      found: JSON.stringify(text),
      expected: "a number above 0, at most 1000, or max",
    });
  return speed;
}
