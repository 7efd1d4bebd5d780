import { describe } from "vitest";
import { aster } from "./aster.ts";
import { testLines } from "./lines.fixture.ts";

describe("outcomes of Aster's futures, with an agent", () => {
  testLines("aster futures v3", aster);
});
