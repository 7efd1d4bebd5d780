// Both venues with their real limits, in a process of their own: says where they are.
import { startSandbox } from "@bp/sandbox";

/** Where the venues are, and how one is let in. */
export interface Venues {
  readonly backpack: { readonly rest: string; readonly ws: string; readonly apiKey: string; readonly secret: string };
  readonly aster: { readonly rest: string; readonly ws: string; readonly key: string; readonly secret: string };
}

const sandbox = await startSandbox({ seed: 5, aster: true });
const [account] = sandbox.accounts;
const [asterAccount] = sandbox.aster?.accounts ?? [];
const futures = sandbox.aster?.futures;
if (account === undefined || asterAccount === undefined || futures === undefined) throw new Error("no accounts");
process.on("disconnect", () => process.exit());
const venues: Venues = {
  backpack: { rest: sandbox.rest, ws: sandbox.ws, apiKey: account.apiKey, secret: account.secret },
  aster: { rest: futures.rest, ws: futures.ws, ...asterAccount.hmac },
};
process.send?.(venues);
