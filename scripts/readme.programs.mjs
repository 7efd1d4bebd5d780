// The programs in documents: found, given a sandbox instead of the internet, and held to what their comments promise.
//
// A ```ts block is a program. One whose fence says "```ts continued" goes on where the block before it ended.

/**
 * @typedef {object} Program
 * @property {string} name - a file name without its ending
 * @property {string} document
 * @property {string} text - its lines have the numbers that they have in the document, so that a failure points there
 */

/**
 * The programs of a document.
 *
 * @param {string} document - what it is called
 * @param {string} source
 * @returns {Program[]}
 */
export function programsOf(document, source) {
  /** @type {string[][]} */
  const programs = [];
  /** @type {string[] | undefined} */
  let open;
  for (const [at, line] of source.split("\n").entries()) {
    const fence = /^```(\w*) *(\w*)$/.exec(line);
    if (fence === null) open?.push(line);
    else if (open !== undefined) open = undefined;
    else if (fence[1] !== "ts")
      open = []; // another language: read, and forgotten
    else {
      if (fence[2] !== "continued") programs.push([]);
      open = programs.at(-1) ?? [];
      while (open.length <= at) open.push("");
    }
  }
  const name = document.replaceAll(/\W+/g, "_").replace(/^_/, "");
  return programs.map((lines, at) => ({
    name: `${name}_${at + 1}`,
    document,
    text: `${lines.join("\n")}\nexport {};\n`,
  }));
}

/**
 * Lines that a program says it prints: the comment behind a `console.log`, whole-line comments right below one, and what
 * follows an arrow, `// -> this`, up to a semicolon. "..." stands for anything.
 *
 * @param {string} text
 * @returns {string[]}
 */
export function promisedBy(text) {
  const promised = [];
  let below = false;
  for (const line of text.split("\n")) {
    const behind = /console\.log\(.*\);? \/\/ (.+)$/.exec(line)?.[1] ?? / \/\/ -> ([^;]+)/.exec(line)?.[1];
    const alone = /^ *\/\/ (.+)$/.exec(line)?.[1];
    if (behind !== undefined) promised.push(behind);
    else if (below && alone !== undefined) promised.push(alone);
    below = line.includes("console.log(")
      ? line.trimEnd().endsWith(";") && behind === undefined
      : below && alone !== undefined;
  }
  return promised;
}

const escaped = (/** @type {string} */ text) => text.replaceAll(/[^\w\s]/g, "\\$&");
const matches = (/** @type {string} */ line, /** @type {string} */ promise) =>
  new RegExp(`^${promise.split("...").map(escaped).join(".*")}$`).test(line);

/**
 * The first promise that the output does not keep, in order; undefined when all are kept.
 *
 * @param {readonly string[]} promised
 * @param {string} printed
 */
export function broken(promised, printed) {
  const lines = printed.split("\n");
  let from = 0;
  for (const promise of promised) {
    const at = lines.findIndex((line, place) => place >= from && matches(line.trimEnd(), promise));
    if (at < 0) return promise;
    from = at + 1;
  }
  return undefined;
}

/** Loaded before a program: it may call this machine alone. */
export const offline = `
  import { Socket } from "node:net";
  const connect = Socket.prototype.connect;
  Socket.prototype.connect = function (...args) {
    const [{ host = "localhost", path }] = Array.isArray(args[0]) ? args[0] : args;
    if (path === undefined && !["localhost", "127.0.0.1", "::1"].includes(host)) throw new Error("the document's program calls " + host);
    return connect.apply(this, args);
  };
`;

/** A program that serves both venues until its stdin ends, and prints a line for `venuesOf`. */
export const venue = `
  import { startSandbox } from "@bp/sandbox";
  const sandbox = await startSandbox({ seed: 7, speed: 20, aster: true });
  const { rest, ws, accounts, aster } = sandbox;
  const urls = (service) => ({ rest: service.rest, ws: service.ws });
  const { futures, spot } = { futures: urls(aster.futures), spot: urls(aster.spot) };
  console.log(JSON.stringify({ backpack: { rest, ws }, futures, spot, account: accounts[0], aster: aster.accounts[0] }));
  process.stdin.on("end", () => sandbox.close()).resume();
`;

/**
 * What a program gets of it.
 *
 * @param {string} line - that `venue` has printed
 * @returns {{ env: Record<string, string>, local: (text: string) => string }} the keys of its accounts, and a text with the
 * venues' hosts replaced by the sandbox's
 */
export function venuesOf(line) {
  const { backpack, futures, spot, account, aster } = JSON.parse(line);
  const hosts = {
    "https://api.backpack.exchange": backpack.rest,
    "wss://ws.backpack.exchange": backpack.ws,
    "https://fapi.asterdex.com": futures.rest,
    "wss://fstream.asterdex.com": futures.ws,
    "https://sapi.asterdex.com": spot.rest,
    "wss://sstream.asterdex.com": spot.ws,
  };
  return {
    env: {
      BACKPACK_REST_URL: backpack.rest,
      BACKPACK_WS_URL: backpack.ws,
      BACKPACK_KEY: account.apiKey,
      BACKPACK_SECRET: account.secret,
      ASTER_USER: aster.agent.user,
      ASTER_SIGNER: aster.agent.signer,
      ASTER_PRIVATE_KEY: aster.agent.privateKey,
      ASTER_KEY: aster.hmac.key,
      ASTER_SECRET: aster.hmac.secret,
    },
    local: (text) => Object.entries(hosts).reduce((said, [host, address]) => said.replaceAll(host, address), text),
  };
}
