// The way out that the environment names.
import { BpError } from "@bp/core";

/**
 * The proxy that the environment names.
 *
 * @throws BpError `config/invalid` for text that is no address, as in the sample of S2's README
 */
export function proxyFrom(environment: Readonly<Record<string, string | undefined>>): string | undefined {
  const text = (environment["BACKPACK_PROXY_WEBSOCKET"] ?? environment["PROXY_WEBSOCKET"])?.trim();
  if (text === undefined || text === "") return undefined;
  const { protocol, hostname } = URL.parse(text) ?? {};
  if (protocol !== "http:" || hostname === "" || /\s/.test(text))
    throw new BpError("config/invalid", {
      path: "BACKPACK_PROXY_WEBSOCKET",
      found: "text that is no address",
      expected: "http://host:port or http://user:pass@host:port, or nothing",
    });
  return text;
}
