// The door of `pnpm contract`.
import { contractCommand } from "./command.ts";

process.exitCode = await contractCommand({
  arguments: process.argv.slice(2),
  environment: process.env,
  write: (line) => process.stdout.write(`${line}\n`),
});
