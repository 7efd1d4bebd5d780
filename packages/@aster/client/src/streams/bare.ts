// Whose frame is it, where the venue sends it without the stream's name.

const kinds: Readonly<Record<string, RegExp>> = {
  aggTrade: /^aggTrade$/,
  trade: /^trade$/,
  tradepro: /^tradepro$/,
  markPriceUpdate: /^markPrice(@1s)?$/,
  "24hrMiniTicker": /^miniTicker$/,
  "24hrTicker": /^ticker$/,
  bookTicker: /^bookTicker$/,
  forceOrder: /^forceOrder$/,
  depthUpdate: /^depth/,
};

/**
 * The only one of the wanted streams that may have sent this; `undefined` where there is none or more than one, as with changes and
 * top of one book, which cannot be told apart.
 */
export function nameOfBare(value: unknown, wanted: readonly string[]): string | undefined {
  const isList = Array.isArray(value);
  const first: unknown = isList ? value[0] : value;
  if (typeof first !== "object" || first === null) return undefined;
  const frame = first as Frame; // any object can be asked for any key; what comes is looked at below
  const event = typeof frame.e === "string" ? frame.e : isTouch(frame) ? "bookTicker" : "";
  const kind = Object.hasOwn(kinds, event) ? kinds[event] : undefined;
  const isKind = (text: string) => kind?.test(text) ?? (event === "kline" && text === `kline_${wordOf(frame.k?.i)}`);
  const market = wordOf(frame.s ?? frame.o?.s).toLowerCase();
  const fits = wanted.filter((name) => {
    const at = name.indexOf("@");
    if (!name.startsWith("!")) return !isList && name.slice(0, at) === market && isKind(name.slice(at + 1));
    const isWhole = name.includes("@arr") && !name.startsWith("!forceOrder"); // liquidations come one by one
    return isWhole === isList && isKind(name.slice(1).replace("@arr", ""));
  });
  return fits.length === 1 ? fits[0] : undefined;
}

/** Nothing but text is a name: there are objects that cannot even be made text. */
const wordOf = (value: unknown): string => (typeof value === "string" ? value : "");

interface Frame {
  readonly [key: string]: unknown;
  readonly e?: unknown;
  readonly s?: unknown;
  readonly k?: { readonly i?: unknown } | null;
  readonly o?: { readonly s?: unknown } | null;
}

/** The touch on spot comes without a word of what it is. */
const isTouch = (frame: Frame): boolean => ["u", "s", "b", "B", "a", "A"].every((key) => key in frame);
