// The token: it comes behind the `#` of the printed address, leaves the address at once, and lives as long as the tab.

/** What it needs of a browser. */
export interface TokenPage {
  readonly location: Pick<Location, "hash" | "pathname" | "search">;
  readonly history: Pick<History, "replaceState">;
  readonly storage: Pick<Storage, "getItem" | "setItem">;
}

const key = "token";
const shape = /^[\w-]{16,200}$/;

/**
 * The token of this tab. One in the address is kept and taken out of it, so that it is in no bookmark, history or screenshot.
 *
 * @returns `undefined`: there is none yet
 */
export function takeToken({ location, history, storage }: TokenPage): string | undefined {
  const found = tokenIn(location.hash);
  if (found === undefined) return storage.getItem(key) ?? undefined;
  history.replaceState(null, "", `${location.pathname}${location.search}#/`);
  if (!shape.test(found)) return storage.getItem(key) ?? undefined;
  storage.setItem(key, found);
  return found;
}

/** Whether an address brings one: `#TOKEN`, or `#token=TOKEN`. @returns it, whatever it is; places of the page begin with `#/` */
export function tokenIn(hash: string): string | undefined {
  if (hash === "" || hash === "#" || hash.startsWith("#/")) return undefined;
  return hash.slice(1).replace(/^token=/, "");
}

/**
 * What a person pasted: the whole address, or the token alone.
 *
 * @returns `undefined` where it is neither
 */
export function pastedToken(text: string): string | undefined {
  const trimmed = text.trim();
  const token = /#(?:\/?token=)?([\w-]+)$/.exec(trimmed)?.[1] ?? trimmed;
  return shape.test(token) ? token : undefined;
}

/** Keeps a token for this tab. */
export function keepToken(token: string, storage: TokenPage["storage"]): void {
  storage.setItem(key, token);
}
