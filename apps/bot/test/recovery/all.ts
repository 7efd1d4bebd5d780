// The whole proof: `node --conditions=@bp/source apps/bot/test/recovery/all.ts [--every N] [--from K] [--to K] [--down MS] [--seed N]`.
// Without flags every step, which takes an hour and a half of processor time.
import { parseArgs } from "node:util";
import { type Proof, prove } from "./prove.ts";

const { values } = parseArgs({
  options: {
    every: { type: "string", default: "1" },
    from: { type: "string", default: "1" },
    to: { type: "string", default: "1e9" },
    down: { type: "string" },
    seed: { type: "string", default: "1" },
  },
});
const began = Date.now();
const proof: Proof = await prove({
  every: Number(values.every),
  from: Number(values.from),
  to: Number(values.to),
  downMs: values.down === undefined ? undefined : Number(values.down),
  seed: Number(values.seed),
  tell: (line) => console.info(line),
});
console.info({ ...proof, minutes: Math.round((Date.now() - began) / 6_000) / 10 });
if (proof.wrong.length > 0) process.exitCode = 1;
