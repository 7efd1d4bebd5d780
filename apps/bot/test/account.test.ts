// One account, one bot: whatever a second one calls it, and however patient it is.
import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { layWard } from "./watchdog/ward.ts";

it("refuses a second bot that calls the exchange by another name, and ends it for good under --supervise", {
  timeout: 240_000,
}, async ({ onTestFinished }) => {
  const ward = await layWard(onTestFinished);
  const { hall } = ward;
  const first = ward.start();
  await ward.full();
  const other = readFileSync(ward.file, "utf8")
    .replaceAll("//127.0.0.1", "//LOCALHOST")
    .replace("journal.sqlite", "other.sqlite");
  const env = { BP_STATE: ward.state };
  const second = hall.start([hall.file("second.yaml", other), "--supervise"], { env });
  const { code, stderr } = await second.ended;
  expect(stderr).toContain(`is traded by process ${first.child.pid}`);
  expect(stderr).toContain("stop that bot first");
  expect(stderr).not.toContain("started again");
  expect(code).toBe(2);
  first.child.kill("SIGTERM");
  expect((await first.ended).code).toBe(0);
});
