// A throw-away server for tests of other packages: prints its address as JSON, or why there is none, and ends with its stdin.
import { password, serverHere } from "./server.fixture.ts";

const server = await serverHere();
const database = server === undefined ? "" : await server.database();
process.stdout.write(`${JSON.stringify(server === undefined ? {} : { url: server.url(database), password })}\n`);
if (server !== undefined) {
  process.stdin.resume();
  process.stdin.once("end", () => void server.stop().then(() => process.exit(0)));
}
