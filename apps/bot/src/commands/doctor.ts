// `bot doctor`: everything that can be checked before money is at stake, each with its figure and the next step.
import { createBackpack } from "@bp/client";
import { openJournal } from "@bp/journal";
import { type ExitCode, exit } from "../exit.ts";
import { fromHere } from "../paths.ts";
import { apiKeyIn, type Keys, keysFrom } from "../stage/keys.ts";
import { proxiesFrom } from "../stage/proxy.ts";

interface Check {
  readonly name: string;
  readonly ok: boolean | "skipped";
  readonly found: string;
  readonly next?: string;
}

/** Exit 0 when nothing failed, 1 otherwise. What needs a key is skipped without one. */
export async function doctor(flags: Readonly<Record<string, unknown>>): Promise<ExitCode> {
  const checks: Check[] = [];
  const symbol = String(flags["symbol"]);
  const check = async (name: string, next: string, look: () => string | Promise<string>) => {
    try {
      checks.push({ name, ok: true, found: await look() });
    } catch (error) {
      checks.push({ name, ok: false, found: error instanceof Error ? error.message : String(error), next });
    }
  };
  const skip = (name: string, found: string) => checks.push({ name, ok: "skipped", found });

  await check("node", "install Node 24 or later", () => {
    if (Number(process.versions.node.split(".")[0]) < 24) throw new Error(`Node ${process.versions.node}`);
    return process.versions.node;
  });
  await check("journal", "choose a folder that can be written, with --journal", () => {
    const store = openJournal(fromHere(String(flags["journal"])));
    const runs = store.runs().length;
    store.close();
    return `${store.file}, ${runs} runs`;
  });

  let keys: Keys | undefined;
  if (apiKeyIn(process.env) !== undefined)
    await check(
      "keys",
      "BACKPACK_KEY is the base64 public key, BACKPACK_SECRET the base64 seed that belongs to it",
      async () => {
        keys = keysFrom(process.env);
        await createBackpack({ key: keys, proxy: {} }).close();
        return "the pair belongs together";
      },
    );
  else skip("keys", "no BACKPACK_KEY in the environment: sandbox and paper need none");

  const usable = checks.at(-1)?.ok === true ? keys : undefined;
  const rest = typeof flags["rest"] === "string" ? flags["rest"] : undefined;
  const ws = typeof flags["ws"] === "string" ? flags["ws"] : undefined;
  const client = createBackpack({
    proxy: proxiesFrom(process.env, { rest, ws }),
    ...(usable === undefined ? {} : { key: usable }),
    ...(rest === undefined ? {} : { restUrl: rest }),
    ...(ws === undefined ? {} : { wsUrl: ws }),
    timeoutMs: 5_000,
  });
  try {
    await check("venue", "is the address right, and is there a way to it (proxy)?", async () => {
      const { status, message } = await client.rest.system.status();
      if (status !== "Ok") throw new Error(`${status}: ${message ?? ""}`);
      return "open";
    });
    if (checks.at(-1)?.ok === true) {
      await check(
        "clock",
        "set the system clock (NTP); orders are signed with the measured offset meanwhile",
        async () => {
          await client.skew.sync();
          return `offset ${Math.round(client.skew.offsetMs ?? 0)} ms, known to ${Math.ceil(client.skew.uncertaintyMs ?? 0)} ms`;
        },
      );
      await check("market", "--symbol as the venue spells it", async () => {
        const market = await client.rest.markets.market({ symbol });
        if (market.orderBookState !== "Open") throw new Error(`${symbol} is ${market.orderBookState}`);
        return `${symbol} open, tick ${market.filters.price.tickSize}, step ${market.filters.quantity.stepSize}, minimum ${market.filters.quantity.minQuantity}`;
      });
      if (usable === undefined) skip("account", "needs keys");
      else
        await check("account", "is the key registered, and may it trade?", async () => {
          const account = await client.rest.account.get();
          if (account.liquidating) throw new Error("the account is being liquidated");
          return `perp fees ${account.futuresMakerFee}/${account.futuresTakerFee} bp, leverage limit ${account.leverageLimit}`;
        });
    } else for (const name of ["clock", "market", "account"]) skip(name, "the venue was not reached");
  } finally {
    await client.close();
  }

  const failed = checks.some(({ ok }) => ok === false);
  if (flags["json"] === true) process.stdout.write(`${JSON.stringify({ ok: !failed, checks })}\n`);
  else
    for (const { name, ok, found, next } of checks)
      process.stdout.write(
        `${ok === true ? "ok  " : ok === false ? "FAIL" : "skip"}  ${name.padEnd(8)} ${found}${next === undefined ? "" : `\n               next: ${next}`}\n`,
      );
  return failed ? exit.failed : exit.done;
}
