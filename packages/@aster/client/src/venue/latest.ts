// Events of the account may come late: what is older than what was told is told no more.

/** The newest moment that was told, by name. */
export interface Latest {
  /** False when something newer was told under this name. Ordered by `E` (sent), then `T` (happened), ms. */
  take(name: string, sentAt: number, happenedAt: number): boolean;
}

/** Nothing was told yet. */
export function createLatest(): Latest {
  const told = new Map<string, readonly [number, number]>();
  return {
    take: (name, sentAt, happenedAt) => {
      const [sent, happened] = told.get(name) ?? [0, 0];
      if (sentAt < sent || (sentAt === sent && happenedAt < happened)) return false;
      told.set(name, [sentAt, happenedAt]);
      return true;
    },
  };
}
