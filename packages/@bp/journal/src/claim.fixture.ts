// A process that has an account until somebody ends it: `node claim.fixture.ts FOLDER ACCOUNT`.
import { claimAccount } from "./account.ts";

const [folder = "", account = ""] = process.argv.slice(2);
claimAccount(folder, account, account);
process.stdout.write("held\n");
setInterval(() => undefined, 60_000);
