import type { Options } from "tsup";

/** Every published package is built the same way: ESM + CJS + one d.ts per format. */
export const library = (overrides: Options = {}): Options => ({
  entry: ["src/index.ts"],
  format: ["esm", "cjs"],
  platform: "neutral",
  target: "es2022",
  dts: true,
  sourcemap: true,
  clean: true,
  treeshake: true,
  splitting: false,
  tsconfig: "tsconfig.build.json",
  ...overrides,
});
