// What a bot says of its door when it starts: the token only where a person reads it, for whatever is no terminal may be a log.
import type { Hello } from "dashboard/contract";
import type { Door } from "./open.ts";

/** Whose address, and who reads it. */
export interface AddressLineOptions {
  readonly door: Pick<Door, "url" | "tokens">;
  /** Whether it goes to a terminal. */
  readonly isTerminal: boolean;
  readonly language: Hello["language"];
  /** How else a person gets the token. */
  readonly otherwise: string;
}

/**
 * Whether the token may be written where this process writes: `BP_DASHBOARD_TOKEN=shown` is for programs that read what they start.
 *
 * @example
 * BP_DASHBOARD_TOKEN=shown bot start | read-my-dashboard
 */
export const showsToken = (isTerminal: boolean): boolean => isTerminal || process.env["BP_DASHBOARD_TOKEN"] === "shown";

/** One line. */
export function addressLine({ door: { url, tokens }, isTerminal, language, otherwise }: AddressLineOptions): string {
  const [name, how] =
    language === "zh" ? ["监控面板", "令牌不写入日志;查看:"] : ["dashboard", "its token is in no log; to see it: "];
  return showsToken(isTerminal) ? `${name} ${url}#${tokens.operator}` : `${name} ${url} (${how}${otherwise})`;
}
