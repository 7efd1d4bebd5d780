// A process that ships until somebody ends it: `STORE=postgres://… node shipper.fixture.ts FILE`.
import { storeAddress } from "./address.ts";
import { startShipper } from "./shipper.ts";

const [file = ""] = process.argv.slice(2);
startShipper({
  file,
  store: storeAddress(process.env["STORE"] ?? "", "STORE"),
  pollMs: 5,
  onBehind: () => undefined,
  onBack: () => undefined,
});
