// What a file's name tells of its market, where nothing in the file does.

/** Without the folders. */
export const nameOf = (file: string): string => file.replace(/^.*[/\\]/, "");

/** A symbol that a file's name holds: `usdm-btcusdt-1m.csv` is of BTCUSDT. */
export function symbolIn(file: string): string | undefined {
  const name = nameOf(file).toUpperCase();
  const own = /(?:^|[^A-Z0-9])([A-Z0-9]{2,12}_(?:USDC|USDT|USD)(?:_PERP)?)(?=[^A-Z0-9]|$)/.exec(name);
  const plain = /(?:^|[^A-Z0-9])([A-Z0-9]{2,12}?(?:USDT|USDC|FDUSD|BUSD|USD|BTC|ETH))(?:_PERP)?(?=[^A-Z0-9]|$)/.exec(
    name,
  );
  return own?.[1] ?? plain?.[1];
}

/** Whether a file's name says that its market is a spot one. */
export const isSpotName = (file: string): boolean => /(?:^|[^a-z])spot(?:[^a-z]|$)/i.test(nameOf(file));
