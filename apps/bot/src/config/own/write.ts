// A configuration in our own format, with what became of each key of the file that it was read from.
import { Document, isScalar, type Node } from "yaml";
import type { Reading } from "../assemble.ts";
import type { SecretRef } from "../botConfig.ts";
import type { Finding } from "../finding.ts";
import { addressOf } from "../hosts.ts";
import { variablesOf } from "../keys.ts";
import { runPaths } from "./read.ts";

type Group = Readonly<Record<string, unknown>>;

/** What our own file would hold: no secret, references alone. */
export function ownOf({ config, draft, findings }: Reading): Group {
  const said = (to: string) => findings.some((each) => each.to === to && each.from !== "default");
  const allowHosts = new Set(draft.allowHosts ?? []);
  const accounts = Object.fromEntries(
    Object.entries(draft.accounts).map(([venue, account]) => {
      const { key, secret } = variablesOf(venue);
      const urls = (draft.addresses ?? [])
        .filter((each) => each.venue === venue)
        .map((each) => {
          const host = URL.parse(each.url)?.hostname ?? "";
          const url = addressOf(each, "paper", [host]);
          return [each.kind === "rest" ? "restUrl" : "wsUrl", url] as const;
        });
      const agent =
        account.agent === undefined
          ? {}
          : { agent: { ...account.agent, privateKey: referenceOf(account.agent.privateKey, "ASTER_AGENT_KEY") } };
      const pair = {
        key: referenceOf(account.key, key[0] ?? ""),
        secret: referenceOf(account.secret, secret[0] ?? ""),
      };
      const proxy =
        account.proxySecret === undefined ? account.proxy : referenceOf(account.proxySecret, "BACKPACK_PROXY");
      const { windowMs, sandboxAccount } = account;
      return [
        venue,
        {
          ...(account.agent === undefined ? pair : agent),
          ...Object.fromEntries(urls),
          proxy,
          windowMs,
          sandboxAccount,
        },
      ];
    }),
  );
  const { journalSlowMs } = config;
  const values: Group = {
    ...config,
    ...config.sandbox,
    store: config.store === undefined ? undefined : referenceOf(config.store, "BP_STORE"),
    journalSlowMs: journalSlowMs === undefined ? undefined : journalSlowMs / 1_000,
  };
  const run = Object.entries(runPaths)
    .filter(
      ([key, to]) =>
        key !== "place" &&
        (said(to) || Object.entries(draft).some(([name, value]) => name === to && value !== undefined)),
    )
    .map(([key, to]) => [key, values[to.replace("sandbox.", "")]]);
  return compact({
    system: draft.system,
    accounts,
    strategies: draft.strategies,
    limits: config.limits,
    prepare: draft.prepare ?? {},
    run: { place: "sandbox", ...Object.fromEntries(run) },
    logs: draft.logs,
    allowHosts: [...allowHosts],
  });
}

/** The same as text, with a comment at each key that was mapped, changed or refused. */
export function yamlOf(reading: Reading): string {
  const { findings, config } = reading;
  const document = new Document(ownOf(reading));
  const isOwn = findings.every(
    ({ key, to = "", from }) => from === "file" && (to === "" || key.startsWith(to) || key.startsWith("run.")),
  );
  const said = new Map<string, Map<string, string>>();
  const attached = new Set<Finding>();
  for (const finding of isOwn ? [] : findings) {
    const path = finding.to === undefined || finding.to === "" ? [] : pathOf(finding.to);
    const at = path.length === 0 ? undefined : nodeAt(document, path);
    if (at === undefined || finding.outcome === "refused") continue;
    const place = path.join(".");
    const words = (said.get(place) ?? new Map<string, string>()).set(finding.key, wordsOf(finding));
    said.set(place, words);
    at.comment(` ${[...words.values()].join("; ")}`);
    attached.add(finding);
  }
  const idle = findings.filter((each) => !attached.has(each) && each.why !== undefined && each.why !== "");
  document.commentBefore = [
    ` yaml-language-server: $schema=./bot.schema.json`,
    ` Read from ${config.file ?? "flags"}. Secrets are not taken over: put them where the references say.`,
  ].join("\n");
  if (idle.length > 0)
    document.comment = [
      " Keys without a place of their own here:",
      ...idle.map(({ key, outcome, why }) => `   ${key}: ${outcome}: ${why ?? ""}`),
    ].join("\n");
  return document.toString({ lineWidth: 0, flowCollectionPadding: true });
}

function wordsOf({ key, from, outcome, why }: Finding): string {
  const source = from === "default" ? `default of ${key}` : key;
  const told = why === undefined || why === "" ? "" : `: ${why}`;
  return outcome === "mapped" && told === "" ? source : `${source}${outcome === "mapped" ? "" : ` ${outcome}`}${told}`;
}

/** A place in our file by its place in a configuration. */
function pathOf(to: string): readonly string[] {
  const run = Object.entries(runPaths).find(([, path]) => path === to)?.[0];
  return run === undefined ? to.split(".") : ["run", run];
}

/** Something to write a comment at: a value, or the key of a group. */
function nodeAt(document: Document, path: readonly string[]): { comment(text: string): void } | undefined {
  const node = document.getIn(path, true) as Node | undefined; // with `true` it answers nodes
  if (node === undefined || node === null) return undefined;
  return {
    comment: (text) => {
      if (isScalar(node)) node.comment = text;
      else node.commentBefore = text;
    },
  };
}

const referenceOf = (ref: SecretRef | undefined, variable: string): SecretRef =>
  ref === undefined || "given" in ref ? { env: variable } : ref;

/** Without what is not said and groups that hold nothing. */
function compact(group: Group): Group {
  const entries = Object.entries(group).map(
    ([key, value]) => [key, isGroup(value) && key !== "params" ? compact(value) : value] as const,
  );
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined && !isEmpty(value)));
}

const isGroup = (value: unknown): value is Group =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const isEmpty = (value: unknown) =>
  Array.isArray(value) ? value.length === 0 : isGroup(value) && Object.keys(value).length === 0;
