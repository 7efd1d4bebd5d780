// The commands of docs/data.md, one after the other, as they stand there; where they would ask a venue, they are led to a sandbox.
import { globSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startSandbox } from "@bp/sandbox";
import { expect, it } from "vitest";
import { runBot } from "./process.ts";

it("runs what docs/data.md shows", async ({ onTestFinished }) => {
  const cwd = mkdtempSync(join(tmpdir(), "bp-docs-"));
  const sandbox = await startSandbox({ seed: 4, warmupMs: 900_000, aster: true });
  onTestFinished(async () => {
    await sandbox.close();
    rmSync(cwd, { recursive: true, force: true });
  });
  const text = readFileSync(join(import.meta.dirname, "../../../docs/data.md"), "utf8");
  const lines = (/```sh\n([\s\S]*?)```/.exec(text)?.[1] ?? "").trim().split("\n");
  expect(lines.length).toBeGreaterThan(8);
  for (const line of lines) {
    const [program, ...words] = line.replace(/\s+#.*$/, "").split(" ");
    expect(program).toBe("bot");
    const asksVenue = words.includes("--venue") && !words.includes("--sandbox");
    const args = words.flatMap((word) => (word.includes("*") ? globSync(word, { cwd }).toSorted() : word));
    const site = words.includes("aster-futures") ? sandbox.aster?.futures : sandbox;
    const way = asksVenue ? ["--rest", site?.rest ?? "", "--ws", site?.ws ?? ""] : [];
    const { code, stderr } = await runBot(onTestFinished, [...args, ...way], { cwd });
    expect(code, `${line}: ${stderr}`).toBe(0);
  }
}, 600_000);
