// Where one is in the page: behind the `#` of the address, so that back, forward, a bookmark and a new tab work, and no server sees it.

/** The pages of one bot. */
export const botPages = ["bot", "why", "log", "params", "faults"] as const;

/** A page of one bot. */
export type BotPage = (typeof botPages)[number];

/** A place. */
export interface Route {
  readonly page: "overview" | "start" | BotPage;
  /** Of a page of one bot; left out: the bot that serves the page. */
  readonly bot?: string;
  /** A decision that is open beside it: `order:4012`. */
  readonly decision?: string;
}

/** Reads it: nothing is the bot that serves the page, what is no place all bots. Whatever names a bot is never another one. */
export function readRoute(hash: string): Route {
  const [path = "", query = ""] = hash.replace(/^#\/?/, "").split("?");
  const decision = new URLSearchParams(query).get("decision") ?? undefined;
  const opened = decision === undefined || decision === "" ? {} : { decision };
  const [first = "", second, third] = path.split("/").map(decoded);
  if (first === "start") return { page: "start", ...opened };
  if (first === "bots" && second !== undefined && second !== "")
    return { page: botPages.find((page) => page === third) ?? "bot", bot: second, ...opened };
  if (first === "") return { page: "bot", ...opened };
  const own = botPages.find((page) => page === first);
  const bot = own === undefined || second === undefined || second === "" ? {} : { bot: second };
  return { page: own ?? "overview", ...bot, ...opened };
}

/** It as it stands in an address. */
export function hashOf({ page, bot, decision }: Route): string {
  const isOfBot = botPages.some((one) => one === page);
  const path =
    isOfBot && bot !== undefined ? `bots/${encodeURIComponent(bot)}${page === "bot" ? "" : `/${page}`}` : page;
  return `#/${path}${decision === undefined ? "" : `?decision=${encodeURIComponent(decision)}`}`;
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
