import { describe } from "vitest";
import { aster } from "./aster.ts";
import { testLines } from "./lines.fixture.ts";

describe("outcomes of Aster's spot market, with an old key", () => {
  testLines("aster spot v1", aster);
});
