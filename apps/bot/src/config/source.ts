// Who said a value, in his own words: for complaints that must wait until the market is known.
import type { InstrumentId } from "@bp/core";
import type { BotConfig } from "./botConfig.ts";
import type { Finding, Source } from "./finding.ts";

type Sourced = Pick<BotConfig, "sources">;

/** The sources of all values that somebody wrote or that a file's format gives. */
export function sourcesOf(findings: readonly Finding[], file: string | undefined): readonly Source[] {
  return findings.flatMap(({ to, key, from, shown }) =>
    to === undefined || to === ""
      ? []
      : [{ to, name: from === "file" && file !== undefined ? `${file}: ${key}` : key, shown }],
  );
}

/** The last who said the value at a path, or the group that it is in; the name goes as deep as the path. */
export function sourceAt({ sources = [] }: Sourced, to: string): Source | undefined {
  const found = sources.findLast((each) => to === each.to || to.startsWith(`${each.to}.`));
  if (found === undefined || to === found.to || found.name.startsWith("--")) return found;
  return { ...found, name: `${found.name}${to.slice(found.to.length)}` };
}

/** Who named a market, for a strategy or for what is done before. */
export function sourceOfMarket(config: Sourced & Partial<BotConfig>, id: InstrumentId): Source | undefined {
  const { strategies = [], prepare = {} } = config;
  const places = [
    ...strategies.flatMap(({ params }, at) => pathsTo(id, params, `strategies.${at}.params`)),
    ...(Object.hasOwn(prepare.leverage ?? {}, id) ? [`prepare.leverage.${id}`] : []),
    ...pathsTo(id, prepare.clearOrders ?? [], "prepare.clearOrders"),
  ];
  for (const path of places) {
    const source = sourceAt(config, path);
    if (source !== undefined) return source;
  }
  return undefined;
}

function pathsTo(id: string, value: unknown, path: string): readonly string[] {
  if (value === id) return [path];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => pathsTo(id, inner, `${path}.${key}`));
}
