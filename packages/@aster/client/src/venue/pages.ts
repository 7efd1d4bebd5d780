// Long lists of trades, page by page: the venue lists the oldest first and goes on from an id.

/** Rows of a page. */
export const page = 1_000;
const mostPages = 20;

/**
 * Reads on until a page is not full.
 *
 * @param read - a page: the first by time, the next from an id
 */
export async function pagesOf<R extends { readonly id: string }>(
  read: (fromId: string | undefined) => Promise<readonly R[]>,
): Promise<readonly R[]> {
  const rows = new Map<string, R>();
  let fromId: string | undefined;
  for (let done = 0; done < mostPages; done++) {
    const more = await read(fromId);
    for (const row of more) rows.set(row.id, row);
    const last = more.at(-1);
    if (more.length < page || last === undefined) break;
    fromId = String(BigInt(last.id) + 1n);
  }
  return [...rows.values()];
}
