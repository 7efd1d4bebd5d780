// A process that holds an account until somebody ends it: `STORE=postgres://… node claim.fixture.ts ACCOUNT`. Says how it went.
import { storeAddress } from "./address.ts";
import { claimInStore } from "./claim.ts";

const [account = ""] = process.argv.slice(2);
const say = (line: string) => void process.stdout.write(`${line}\n`);
try {
  const claims = await claimInStore({
    store: storeAddress(process.env["STORE"] ?? "", "STORE"),
    accounts: [{ account, label: `account ${account}` }],
    lookMs: 200,
    timeoutMs: 20_000,
    onLost: () => say("lost"),
    onBack: () => say("back"),
    onTaken: (error) => say(error.message),
  });
  await claims.tell("r1");
  say("held");
} catch (error) {
  say(error instanceof Error ? error.message : String(error));
}
