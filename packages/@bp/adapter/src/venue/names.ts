// Names that a venue gives to its markets: they go into files and onto screens.
import { BpError, plain } from "@bp/core";

/**
 * Checks the names of a market.
 *
 * @param names - its symbol, then its assets
 * @throws BpError `wire/schema` for one that steers a terminal, has a space or a slash in it, is empty, or longer than 64 characters
 */
export function checkNames(...names: readonly string[]): void {
  for (const name of names)
    if (!/^[^\s/\\]{1,64}$/u.test(name) || plain(name) !== name || name === "__proto__")
      throw new BpError("wire/schema", {
        what: "a market",
        path: "symbol",
        expected: "a name",
        raw: plain(name).slice(0, 64),
      });
}
