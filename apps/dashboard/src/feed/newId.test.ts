import { expect, it } from "vitest";
import { newId } from "./newId.ts";

it("is another one each time, as the door takes it", () => {
  const ids = Array.from({ length: 100 }, newId);
  expect(new Set(ids).size).toBe(100);
  for (const id of ids) expect(id).toMatch(/^[a-z0-9-]{8,40}$/);
});
