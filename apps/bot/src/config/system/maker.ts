// S2's `.env`: keys, proxies and switches beside its flags.
import { isBpError } from "@bp/core";
import { proxiesFromEnvironment } from "@bp/transport";
import type { AccountConfig } from "../botConfig.ts";
import { invalid } from "../complaint.ts";
import type { Draft, NamedAddress } from "../draft.ts";
import { productOf } from "../hosts.ts";
import type { Layer, Reader } from "../reader.ts";
import { proxyFrom } from "../secrets.ts";

/** Variables that are S2's: a file that has one of them is its `.env`. */
export const makerVariables = [
  "BACKPACK_KEY",
  "BACKPACK_SECRET",
  "BACKPACK_PROXY_WEBSOCKET",
  "ASTER_API_KEY",
  "ASTER_SECRET_KEY",
  "ASTER_KEY",
  "ASTER_SECRET",
  "ASTER_PROXY_WEBSOCKET",
  "API_KEY",
  "SECRET_KEY",
  "PROXY_WEBSOCKET",
  "BASE_URL",
  "ENABLE_DATABASE",
] as const;

const ofOthers = /^(PARADEX|LIGHTER|APEX|STANDX)_/;

/** Adds what the file says to the maker that the flags have made. @throws BpError `config/invalid` */
export function withVariables(draft: Draft, read: Reader, file: string, layers: readonly Layer[]): Draft {
  const [venue = "backpack"] = Object.keys(draft.accounts);
  const isBackpack = productOf(venue) === "backpack";
  const own = isBackpack
    ? {
        key: ["BACKPACK_KEY", "BACKPACK_API_KEY", "API_KEY"],
        secret: ["BACKPACK_SECRET", "BACKPACK_PRIVATE_KEY", "SECRET_KEY"],
      }
    : { key: ["ASTER_API_KEY", "ASTER_KEY", "API_KEY"], secret: ["ASTER_SECRET_KEY", "ASTER_SECRET", "SECRET_KEY"] };
  const window = isBackpack && isFilled(layers, "BACKPACK_DEFAULT_WINDOW");
  const account: AccountConfig = {
    key: read.secret(own.key, `accounts.${venue}.key`),
    secret: read.secret(own.secret, `accounts.${venue}.secret`),
    ...(window
      ? { windowMs: read.whole("BACKPACK_DEFAULT_WINDOW", 1, 60_000, { to: `accounts.${venue}.windowMs` }) }
      : {}),
  };
  const urls: readonly (readonly [string, NamedAddress["kind"]])[] = isBackpack
    ? [
        ["BASE_URL", "rest"],
        ["BACKPACK_API_URL", "rest"],
        ["BACKPACK_WS_URL", "ws"],
      ]
    : [
        ["ASTER_BASE_URL", "rest"],
        ["ASTER_WS_URL", "ws"],
      ];
  const addresses = urls
    .filter(([path]) => isFilled(layers, path))
    .map(([path, kind]) => ({
      name: read.nameOf(path),
      venue,
      kind,
      url: read.text(path, "an address", () => true, {
        to: `accounts.${venue}.${kind === "rest" ? "restUrl" : "wsUrl"}`,
      }),
    }));
  for (const { name, url } of addresses)
    if (name.endsWith("BASE_URL") && URL.parse(url)?.hostname === "api.backpack.work")
      read.note(
        "BASE_URL",
        "changed",
        "api.backpack.work is the sample's host, not Backpack's own; the original never uses it, and with --live it is refused unless you allow it",
        `accounts.${venue}.restUrl`,
      );

  read.skip([...makerVariables, "BACKPACK_API_KEY", "BACKPACK_PRIVATE_KEY", "HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY"]);
  read.skip(["BACKPACK_API_URL", "BACKPACK_WS_URL", "BACKPACK_DEFAULT_WINDOW", "ASTER_BASE_URL", "ASTER_WS_URL"]);
  read.drop(["DB_PATH"], "the journal is a file of another form: --journal names it");
  read.drop(["BACKPACK_API_VERSION"], "there is one version");
  read.drop(["WEB_HOST", "WEB_PORT", "WEB_DEBUG"], "the dashboard is a program of its own");
  read.drop(
    layers.flatMap(({ from, tree }) =>
      from === "file" ? Object.keys(tree).filter((name) => ofOthers.test(name)) : [],
    ),
    "this exchange is not traded here",
  );
  const enabled = isFilled(layers, "ENABLE_DATABASE") ? read.yes("ENABLE_DATABASE", { to: "database" }) : undefined;
  const log = isFilled(layers, "LOG_FILE")
    ? read.text("LOG_FILE", "a file", () => true, { to: "logs.file" })
    : undefined;
  return {
    ...draft,
    accounts: { [venue]: { ...account, ...proxyIn(layers, venue, file) } },
    addresses,
    ...(enabled === undefined ? {} : { database: enabled }),
    logs: { folder: ".", file: log ?? "market_maker.log", level: "info", maxBytes: 10_000_000, keep: 5 },
  };
}

/** Whether the variable holds something; an empty one is none, as dotenv's users have it. */
function isFilled(layers: readonly Layer[], name: string): boolean {
  return layers.some(({ tree }) => Object.hasOwn(tree, name) && String(tree[name]).trim() !== "");
}

const targets = {
  backpack: { rest: "https://api.backpack.exchange", socket: "wss://ws.backpack.exchange" },
  aster: { rest: "https://fapi.asterdex.com", socket: "wss://fstream.asterdex.com" },
} as const;

/**
 * The proxy that the file names where the environment names none. Both exchanges' lines are looked at, so that prose in one of
 * them is found whatever is traded.
 *
 * @throws BpError `config/invalid` for text that is no address, without that text
 */
function proxyIn(layers: readonly Layer[], venue: string, file: string): Pick<AccountConfig, "proxy" | "proxySecret"> {
  const textsOf = (from: Layer["from"]) =>
    Object.fromEntries(
      layers
        .filter((each) => each.from === from)
        .flatMap(({ tree }) => Object.entries(tree))
        .map(([name, value]) => [name, String(value)]),
    );
  const inFile = textsOf("file");
  const exchange = venue.startsWith("aster") ? "aster" : "backpack";
  try {
    for (const each of ["backpack", "aster"] as const) proxiesFromEnvironment(inFile, each, targets[each]);
  } catch (error) {
    if (!isBpError(error, "config/invalid")) throw error;
    const { path, found, expected } = error.context;
    throw invalid(`${file}: ${path}`, found, expected, "put nothing after the = when you need no proxy");
  }
  const environment = textsOf("environment");
  if (Object.keys(proxiesFromEnvironment(environment, exchange, targets[exchange])).length > 0) return {}; // it wins, and the stage reads it
  const { rest, socket } = proxiesFromEnvironment(inFile, exchange, targets[exchange]);
  const url = socket ?? rest;
  return url === undefined ? {} : proxyFrom(`${file}: proxy`, url);
}
