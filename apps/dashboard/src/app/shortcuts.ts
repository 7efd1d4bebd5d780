// Keys that do something anywhere on the page, and what each press means.

/** What a key asks for. */
export type Shortcut =
  | { readonly go: "overview" | "bot" | "why" | "log" | "params" | "faults" | "start" }
  | { readonly act: "pause" | "halt" }
  | { readonly show: "help" | "search" };

/** After `g`. */
export const places = {
  o: "overview",
  b: "bot",
  w: "why",
  l: "log",
  p: "params",
  f: "faults",
  s: "start",
} as const;

/** A press, as far as it matters. */
export interface Press {
  readonly key: string;
  readonly at: number;
  readonly hasModifier: boolean;
  /** Whether it belongs to a field that is typed into. */
  readonly isTyped: boolean;
}

/** How long `g` waits for its second key, ms. */
const waitMs = 1_500;

/** Reads one press after the other. */
export function createShortcuts(): (press: Press) => Shortcut | undefined {
  let wentAt = Number.NEGATIVE_INFINITY;
  return ({ key, at, hasModifier, isTyped }) => {
    if (hasModifier || isTyped) return undefined;
    const isSecond = at - wentAt < waitMs;
    wentAt = key === "g" ? at : Number.NEGATIVE_INFINITY;
    if (isSecond) return isPlace(key) ? { go: places[key] } : undefined;
    if (key === "p") return { act: "pause" };
    if (key === "k") return { act: "halt" };
    if (key === "?") return { show: "help" };
    if (key === "/") return { show: "search" };
    return undefined;
  };
}

const isPlace = (key: string): key is keyof typeof places => Object.hasOwn(places, key);
