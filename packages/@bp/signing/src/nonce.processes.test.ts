// Real processes and threads that share a signer.
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { Worker } from "node:worker_threads";
import { afterAll, describe, expect, it } from "vitest";

const directory = mkdtempSync(join(tmpdir(), "nonces-"));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

const flags = ["--conditions=@bp/source", "--disable-warning=ExperimentalWarning"];
const source = JSON.stringify(new URL("nonce.ts", import.meta.url).href);

/** A program that ends by itself or is killed. `createNonces` is there, `options` too. */
function start(signer: string, text: string): ChildProcess {
  const options = JSON.stringify({ signer, directory });
  const program = `import { createNonces } from ${source}; const options = ${options};\n${text}`;
  return spawn(process.execPath, [...flags, "--input-type=module", "--eval", program], {
    stdio: ["pipe", "pipe", "inherit"],
  });
}

async function outputOf(child: ChildProcess): Promise<unknown> {
  let text = "";
  child.stdout?.setEncoding("utf8").on("data", (part: string) => {
    text += part;
  });
  const [code] = await once(child, "close");
  expect(code).toBe(0);
  return JSON.parse(text);
}

const count = 10_000;
const burst = `
  const nonces = createNonces(options);
  const all = new Array(${count});
  let early = 0;
  let late = 0;
  for (let at = 0; at < ${count}; at++) {
    const time = Date.now() * 1000;
    const nonce = nonces.next();
    early = Math.max(early, nonce - Date.now() * 1000);
    late = Math.max(late, time - nonce);
    all[at] = nonce;
  }
`;
interface Burst {
  readonly all: readonly number[];
  readonly early: number;
  readonly late: number;
}

function expectApart(bursts: readonly Burst[]) {
  const seen = new Set(bursts.flatMap(({ all }) => all));
  expect(seen.size).toBe(bursts.length * count);
  for (const { all, early, late } of bursts) {
    expect(early).toBeLessThanOrEqual(2_000_000);
    expect(late).toBe(0);
    expect(all).toEqual(all.toSorted((a, b) => a - b));
  }
}

describe("one signer", () => {
  it("has 40,000 nonces that differ, in four processes at once", async () => {
    const text = `process.stdin.once("data", () => {${burst} console.log(JSON.stringify({ all, early, late })); process.stdin.destroy(); }); console.error("ready");`;
    const children = Array.from({ length: 4 }, () => {
      const options = JSON.stringify({ signer: "four", directory });
      const program = `import { createNonces } from ${source}; const options = ${options};\n${text}`;
      return spawn(process.execPath, [...flags, "--input-type=module", "--eval", program], {
        stdio: ["pipe", "pipe", "pipe"],
      });
    });
    await Promise.all(children.map((child) => once(child.stderr, "data"))); // loaded: now all at the same time
    const outputs = children.map(outputOf);
    for (const child of children) child.stdin.write("go\n");
    expectApart((await Promise.all(outputs)) as Burst[]); // written by the program above
  });

  it("has 40,000 nonces that differ, in four threads and two copies each", async () => {
    const copies = (signer: string) => `
      import("node:worker_threads").then(async ({ parentPort }) => {
        const options = ${JSON.stringify({ directory })};
        options.signer = ${JSON.stringify(signer)};
        const one = await import(${source});
        const two = await import(${source.slice(0, -1)}?copy");
        const both = [one.createNonces(options), two.createNonces(options)];
        parentPort.postMessage(Array.from({ length: ${count} }, (_, at) => both[at % 2].next()));
      });
    `;
    const lists = await Promise.all(
      Array.from({ length: 4 }, async () => {
        const worker = new Worker(copies("threads"), { eval: true, execArgv: flags });
        const [list] = await once(worker, "message");
        await worker.terminate();
        return list as number[]; // posted above
      }),
    );
    expect(new Set(lists.flat()).size).toBe(4 * count);
  });

  it("has no nonce twice when processes are killed in the middle and started again, while the clock stands still", async () => {
    const text = `
      import { writeSync } from "node:fs";
      const time = 1748310859508867;
      const nonces = createNonces({ ...options, now: () => time });
      for (;;) writeSync(1, nonces.next() + "\\n");
    `;
    const seen: string[] = [];
    for (let life = 0; life < 6; life++) {
      const pair = [start("killed", text), start("killed", text)];
      await Promise.all(
        pair.map(async (child) => {
          const lines = createInterface({ input: child.stdout as NodeJS.ReadableStream }); // piped
          let heard = 0;
          for await (const line of lines) {
            if (child.killed && !/^\d{16}$/.test(line)) continue; // cut off
            seen.push(line);
            if (++heard === 300) child.kill("SIGKILL");
          }
        }),
      );
    }
    expect(seen.length).toBeGreaterThanOrEqual(6 * 2 * 300);
    expect(new Set(seen).size).toBe(seen.length);
    for (const line of seen) {
      expect(Number(line)).toBeGreaterThanOrEqual(1748310859508867);
      expect(Number(line)).toBeLessThanOrEqual(1748310859508867 + 2_000_000);
    }
  });

  it.skipIf(process.platform === "win32")("says so when its directory is read-only", async () => {
    const locked = mkdtempSync(join(directory, "locked-"));
    chmodSync(locked, 0o500);
    const child = start(
      "reader",
      `if (process.getuid() === 0) process.setuid(65534); // root may write everywhere
       try { createNonces({ ...options, directory: ${JSON.stringify(locked)} }); }
       catch ({ code, message }) { console.log(JSON.stringify([code, message])); }`,
    );
    const [code, message] = (await outputOf(child)) as string[]; // written by the program above
    expect(code).toBe("signing/nonce-store");
    expect(message).toContain("EACCES");
  });
});
