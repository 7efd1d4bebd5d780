// An id that nobody else has: of a start, so that asking again for it starts nothing twice.

/** 24 hex digits. `crypto.randomUUID` is not there on a page that came without encryption over a network. */
export const newId = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(12)), (byte) => byte.toString(16).padStart(2, "0")).join("");
