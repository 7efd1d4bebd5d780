// What a bot says of its door when it starts: the token only where a person reads it, for whatever is no terminal may be a log.
import type { Script } from "../face/script.ts";
import type { Door } from "./open.ts";

/** Whose address, and who reads it. */
export interface AddressLineOptions {
  readonly door: Pick<Door, "url" | "tokens">;
  /** Whether it goes to a terminal. */
  readonly isTerminal: boolean;
  /** As the rest of what the run says. */
  readonly script: Script;
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

const words: Readonly<Record<Script, { readonly name: string; readonly how: string }>> = {
  en: { name: "dashboard", how: "its token is in no log; to see it: " },
  hans: { name: "监控面板", how: "令牌不写入日志;查看:" },
  hant: { name: "監控面板", how: "權杖不寫入日誌;查看:" },
};

/** One line. */
export function addressLine({ door: { url, tokens }, isTerminal, script, otherwise }: AddressLineOptions): string {
  const { name, how } = words[script];
  return showsToken(isTerminal) ? `${name} ${url}#${tokens.operator}` : `${name} ${url} (${how}${otherwise})`;
}
