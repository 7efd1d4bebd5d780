import { describe } from "vitest";
import { backpack } from "./backpack.ts";
import { testLines } from "./lines.fixture.ts";

describe("outcomes of Backpack", () => {
  testLines("backpack", backpack);
});
