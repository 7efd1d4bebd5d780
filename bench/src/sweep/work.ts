// The same trials for every contender of the sweep groups: a maker over the example's recording.
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { botLine, root } from "../paths.ts";

/** The recording that the repository ships. */
export const recording = join(root, "examples/sol_usdc.l2.ndjson.gz");

/**
 * Each thread compiles what it runs, once: about four seconds of the cores beside it. Trials of a fifth of a second, and so many
 * of them that this does not decide; those of real sweeps take seconds.
 */
export const enoughTrials = 500;

const file = (trials: number) => `
strategies:
  - use: maker
    params: { instrument: "backpack:SOL_USDC_PERP", spreadPct: 0.2, quantity: 0.5, maxOrders: 5, intervalMs: 1000, maxPosition: 60, positionThreshold: 20 }
sweep:
  search: random
  trials: ${trials + 1}
  values:
    strategies.maker.params.spreadPct: { from: 0.1, to: 0.6, step: 0.01 }
    strategies.maker.params.quantity: { from: 0.1, to: 1, step: 0.01 }
`;

/** A sweep that was made. */
export interface Swept {
  /** Trials a second, without the start and the first trial, which is made alone. */
  readonly rate: number;
  /** CPU of a trial, ms, all that helps it included: collecting and compiling beside it. */
  readonly cpuMs: number;
  /** What must be the same, however it was made. */
  readonly rows: string;
}

/** Sweeps in a folder of its own, with a journal that knows nothing yet. @param trials - beside the first one */
export async function sweep(trials: number, options: readonly string[]): Promise<Swept> {
  const folder = mkdtempSync(join(tmpdir(), "bench-sweep-"));
  try {
    writeFileSync(join(folder, "maker.yaml"), file(trials));
    const line = [...botLine(), "sweep", join(folder, "maker.yaml"), "--data", recording, "--json"];
    const { text, told } = await output([...line, "--journal", join(folder, "journal.sqlite"), ...options]);
    const { parts } = JSON.parse(text) as {
      readonly parts: readonly { readonly rows: readonly { readonly values: unknown; readonly net: string }[] }[];
    }; // of bot sweep --json
    const rows = JSON.stringify(parts.map((part) => part.rows.map(({ values, net }) => ({ values, net }))));
    return { ...paceOf(told), rows };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Out of what it tells beside its result. */
function paceOf(told: string): Omit<Swept, "rows"> {
  const [, made, seconds, cpuSeconds] =
    /^made (\d+) trials in ([\d.]+) s, ([\d.]+) s of the processor$/m.exec(told) ?? [];
  if (made === undefined) throw new Error("bot sweep did not say what it took");
  return { rate: Number(made) / Number(seconds), cpuMs: (Number(cpuSeconds) * 1_000) / Number(made) };
}

function output(line: readonly string[]): Promise<{ readonly text: string; readonly told: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, line, { cwd: root, stdio: ["ignore", "pipe", "pipe"] });
    let [text, told] = ["", ""];
    child.stdout.on("data", (data: Buffer) => {
      text += data.toString();
    });
    child.stderr.on("data", (data: Buffer) => {
      told += data.toString();
    });
    child.on("error", reject);
    child.on("close", (code) =>
      code === 0 ? resolve({ text, told }) : reject(new Error(`bot sweep ended with ${code ?? "a signal"}`)),
    );
  });
}
