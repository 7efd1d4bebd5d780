// Keeps what has not changed: a frame comes as new objects each time, and a pane draws again only what is another object.

/** Where one belongs, from the identity of its parts: `after`, with every part that equals one of `before` replaced by that one. */
export function keepEqual<T>(before: unknown, after: T): T {
  if (Object.is(before, after)) return after;
  if (typeof before !== "object" || typeof after !== "object" || before === null || after === null) return after;
  if (Array.isArray(before) !== Array.isArray(after)) return after;
  return (Array.isArray(after) ? list(before as readonly unknown[], after) : record(before, after)) as T; // of the same shape
}

function list(before: readonly unknown[], after: readonly unknown[]): readonly unknown[] {
  let same = before.length === after.length;
  const kept = after.map((value, index) => {
    const one = keepEqual(before[index], value);
    same &&= Object.is(one, before[index]);
    return one;
  });
  return same ? before : kept;
}

function record(before: object, after: object): object {
  const old = before as Readonly<Record<string, unknown>>; // plain data, as JSON gives it
  const now = after as Readonly<Record<string, unknown>>; // likewise
  const keys = Object.keys(after);
  let same = Object.keys(before).length === keys.length;
  const kept: Record<string, unknown> = {};
  for (const key of keys) {
    const one = keepEqual(old[key], now[key]);
    kept[key] = one;
    same &&= Object.is(one, old[key]) && key in before;
  }
  return same ? before : kept;
}
