// A moment as commands tell it.

/** In UTC, without what is zero of a second: `2026-05-04T15:33:00Z`. @param ms - since 1970; `undefined`: there is none */
export const momentText = (ms: number | undefined): string =>
  ms === undefined ? "nowhere" : new Date(ms).toISOString().replace(/\.000Z$/, "Z");
