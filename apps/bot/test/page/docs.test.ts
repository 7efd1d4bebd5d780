// The commands of docs/report.md, one after the other, as they stand there.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { spawnBot } from "../process.ts";

it("runs what docs/report.md shows", async ({ onTestFinished }) => {
  const folder = mkdtempSync(join(tmpdir(), "bp-docs-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const text = readFileSync(join(import.meta.dirname, "../../../../docs/report.md"), "utf8");
  const lines = (/```sh\n([\s\S]*?)```/.exec(text)?.[1] ?? "").trim().split("\n");
  expect(lines.length).toBeGreaterThan(5);
  for (const line of lines) {
    const [command = "", out] = line.replace(/\s+#.*$/, "").split(" > ");
    const [program, ...args] = command.split(" ");
    expect(program).toBe("bot");
    const { code, stdout, stderr } = await spawnBot(onTestFinished, args, { cwd: folder }).ended;
    expect(code, `${line}: ${stderr}`).toBe(0);
    if (out !== undefined) writeFileSync(join(folder, out.trim()), stdout);
  }
  for (const page of ["report.html", "both.html"])
    expect(readFileSync(join(folder, page), "utf8")).toMatch(/<\/html>\n$/);
}, 180_000);
