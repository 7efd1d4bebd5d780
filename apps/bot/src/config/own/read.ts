// Reads our own format. It is ours, so it is strict: unknown keys and secrets in clear are mistakes.
import type * as z from "zod";
import type { AccountConfig, BotConfig, StrategyConfig } from "../botConfig.ts";
import { didYouMean, invalid, keyShown, shown, unseen, wordOf } from "../complaint.ts";
import type { Draft, NamedAddress } from "../draft.ts";
import type { Finding } from "../finding.ts";
import { keysAt, strategyNames } from "../params.ts";
import { type OwnFile, ownSchema } from "./schema.ts";

/** Where each key of `run` goes in a configuration. */
export const runPaths = {
  place: "place",
  duration: "durationSeconds",
  existing: "existing",
  allowNegativeEdge: "allowNegativeEdge",
  journal: "journal",
  store: "store",
  journalSlow: "journalSlowMs",
  journalSync: "journalSync",
  resume: "resume",
  database: "database",
  summary: "summary",
  killFile: "killFile",
  lang: "lang",
  screen: "screenSeconds",
  json: "json",
  seed: "sandbox.seed",
  speed: "sandbox.speed",
  market: "sandbox.market",
} as const satisfies Record<keyof NonNullable<OwnFile["run"]>, string>;

/** Reads it. @throws BpError `config/invalid` naming file and path */
export function readOwn(
  tree: Readonly<Record<string, unknown>>,
  file: string,
): { readonly draft: Draft; readonly findings: readonly Finding[] } {
  refuseClearSecrets(tree, file);
  const result = ownSchema.safeParse(tree);
  if (!result.success) throw complaintOf(result.error, tree, file);
  const own = result.data;
  const strategies = own.strategies.map(
    ({ name, use, params }): StrategyConfig => ({ name: name ?? use, use, params }),
  );
  const twice = strategies.findIndex(({ name }, at) => strategies.findIndex((each) => each.name === name) !== at);
  if (twice >= 0)
    throw invalid(
      `${file}: strategies.${twice}.name`,
      shown(strategies[twice]?.name),
      "a name that no other strategy of the run has",
      "give each a name of its own",
    );
  const [only] = strategies;
  const { place, duration, screen, seed, speed, market, journalSlow, ...run } = own.run ?? {};
  const accounts = accountsOf(own, strategies);
  const addresses: NamedAddress[] = [];
  for (const [venue, { restUrl, wsUrl }] of Object.entries(own.accounts ?? {}))
    for (const [kind, key, address] of [
      ["rest", "restUrl", restUrl],
      ["ws", "wsUrl", wsUrl],
    ] as const)
      if (address !== undefined)
        addresses.push({ name: `${file}: accounts.${venue}.${key}`, venue, kind, url: address });
  return {
    draft: {
      ...run,
      system: own.system ?? (strategies.length === 1 && only !== undefined ? systemOf(only.use) : "own"),
      accounts,
      strategies,
      ...(own.limits === undefined ? {} : { limits: own.limits as BotConfig["limits"] }), // the same keys; here `undefined` may be written
      prepare: (own.prepare ?? {}) as BotConfig["prepare"], // instrument ids: the pattern has checked them
      ...(place === undefined ? {} : { place }),
      durationSeconds: duration,
      ...(journalSlow === undefined ? {} : { journalSlowMs: Math.round(journalSlow * 1_000) }),
      ...(screen === undefined ? {} : { screenSeconds: screen }),
      sandbox: {
        ...(seed === undefined ? {} : { seed }),
        ...(speed === undefined ? {} : { speed }),
        ...(market === undefined ? {} : { market }),
      },
      logs: own.logs,
      addresses,
      allowHosts: own.allowHosts ?? [],
    } as Draft, // `run` may hold `undefined` where a draft leaves out; both mean the same to whoever reads it
    findings: findingsOf(tree),
  };
}

const systems = ["single", "dual-hedge", "ladder", "maker", "hedge", "grid"] as const;

function systemOf(use: string): BotConfig["system"] {
  return systems.find((each) => each === use) ?? "own";
}

/** The accounts of the file, and of all venues that its strategies name. */
function accountsOf(own: OwnFile, strategies: readonly StrategyConfig[]): Readonly<Record<string, AccountConfig>> {
  const accounts: Record<string, AccountConfig> = {};
  for (const [venue, { restUrl: _, wsUrl: __, proxy, ...rest }] of Object.entries(own.accounts ?? {})) {
    const way = proxy === undefined ? {} : typeof proxy === "string" ? { proxy } : { proxySecret: proxy };
    accounts[venue] = { ...rest, ...way } as AccountConfig; // optional keys may be written `undefined` here
  }
  for (const { params } of strategies)
    for (const text of texts(params)) {
      const venue = /^(backpack|aster-futures|aster-spot)(-\d+)?(?=:\S)/.exec(text)?.[0];
      if (venue !== undefined) accounts[venue] ??= {};
    }
  if (Object.keys(accounts).length === 0) accounts["backpack"] = {};
  return accounts;
}

function texts(value: unknown): readonly string[] {
  if (typeof value === "string") return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(texts) : [];
}

/** @throws BpError `config/invalid` for a key, a secret or a proxy's password that stands in the file itself */
function refuseClearSecrets(tree: Readonly<Record<string, unknown>>, file: string): void {
  const hint = (name: string) => `write { env: ${name} } or { file: … } and put it there`;
  if (typeof groupIn(tree["run"])["store"] === "string")
    throw invalid(`${file}: run.store`, "an address in clear", "where it is kept", hint("BP_STORE"));
  for (const [venue, account] of Object.entries(groupIn(tree["accounts"]))) {
    const { key, secret, agent, proxy } = groupIn(account);
    const halves = { key, secret, "agent.privateKey": groupIn(agent)["privateKey"] };
    for (const [half, value] of Object.entries(halves))
      if (typeof value === "string" || typeof value === "number")
        throw invalid(
          `${file}: accounts.${venue}.${half}`,
          "a secret in clear",
          "where it is kept",
          hint(half === "key" ? "BACKPACK_KEY" : "BACKPACK_SECRET"),
        );
    if (typeof proxy !== "string") continue;
    const path = `${file}: accounts.${venue}.proxy`;
    if (proxy.includes("@"))
      throw invalid(path, "an address with a password in clear", "http://host:port", hint("BACKPACK_PROXY"));
    if (/\s/.test(proxy) || URL.parse(proxy)?.protocol !== "http:")
      throw invalid(path, "text that is no address", "http://host:port");
  }
}

function complaintOf(error: z.ZodError, tree: unknown, file: string): Error {
  const issue = error.issues.find((each) => each.code === "unrecognized_keys") ?? error.issues[0]; // a mistyped key is a missing one too
  if (issue === undefined) return error;
  const path = issue.path.map(String);
  const nameOf = (steps: readonly string[]) => `${file}: ${steps.join(".")}`;
  if (issue.code === "unrecognized_keys") {
    const key = issue.keys[0] ?? "";
    const known = knownAt(path);
    return invalid(
      nameOf([...path, keyShown(key)]),
      "an unknown key",
      `one of ${known.join(", ")}`,
      didYouMean(key, known),
    );
  }
  const value = path.reduce<unknown>(
    (inner, step) => (typeof inner === "object" && inner !== null ? Reflect.get(inner, step) : undefined),
    tree,
  );
  if ((path[0] === "accounts" && path.length > 1) || (path[0] === "run" && path[1] === "store"))
    return invalid(nameOf(path), value === undefined ? "nothing" : unseen, expectedAt(path, issue.message));
  const near = issue.code === "invalid_value" ? didYouMean(wordOf(value), issue.values.map(String)) : undefined;
  const expected = issue.code === "invalid_value" ? `one of ${issue.values.join(", ")}` : issue.message;
  return invalid(
    nameOf(path),
    shown(value),
    path.at(-1) === "use" ? `one of ${strategyNames().join(", ")}` : expected,
    near,
  );
}

function expectedAt(path: readonly string[], message: string): string {
  const isSecret = ["key", "secret", "privateKey", "store"].some((each) => path.includes(each));
  return isSecret ? "{ env: NAME }, { file: PATH } or { keyring: NAME }" : message;
}

const account = ["key", "secret", "agent", "restUrl", "wsUrl", "proxy", "windowMs", "sandboxAccount"];

function knownAt([first, second, ...rest]: readonly string[]): readonly string[] {
  if (first === "accounts" && second !== undefined)
    return rest.length === 0
      ? account
      : rest[0] === "agent" && rest.length === 1
        ? ["user", "signer", "privateKey"]
        : ["env", "file", "keyring"];
  if (first === "strategies" && second !== undefined) return ["name", "use", "params"];
  return keysAt(
    ownSchema,
    [first, second, ...rest].filter((each) => each !== undefined),
  );
}

/** Each value of the file and where it goes. */
function findingsOf(tree: Readonly<Record<string, unknown>>): readonly Finding[] {
  return leaves(tree, []).map(({ path, value }) => {
    const [head = "", second = ""] = path;
    const to = head === "run" ? (runPaths[second as keyof typeof runPaths] ?? "") : path.join("."); // or none of its keys
    const isStore = head === "run" && second === "store";
    const isSecret = isStore || (head === "accounts" && ["key", "secret", "agent", "proxy"].includes(path[2] ?? ""));
    return {
      key: path.join("."),
      from: "file",
      outcome: "mapped",
      to: isSecret && !isStore ? path.slice(0, 3).join(".") : to,
      shown: isSecret ? "[secret]" : shown(value),
    };
  });
}

function leaves(
  value: unknown,
  path: readonly string[],
): readonly { readonly path: readonly string[]; readonly value: unknown }[] {
  if (typeof value !== "object" || value === null) return [{ path, value }];
  return Object.entries(value).flatMap(([key, inner]) => leaves(inner, [...path, key]));
}

const groupIn = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null ? { ...value } : {};
