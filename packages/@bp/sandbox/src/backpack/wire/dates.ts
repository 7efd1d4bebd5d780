// How the venue writes times.

/** `2026-09-01T17:54:04.094`: UTC without a zone. */
export const naive = (ms: number): string => new Date(ms).toISOString().slice(0, -1);

/** The same without a fraction: `2026-09-01T17:54:04`. */
export const naiveSeconds = (ms: number): string => new Date(ms).toISOString().slice(0, 19);

/** RFC 3339 with its zone: `2026-09-01T17:54:04Z`. */
export const zoned = (ms: number): string => `${naiveSeconds(ms)}Z`;
