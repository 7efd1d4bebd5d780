// Pages that were fetched with a token and are opened without one: each at an address that nobody can guess, once, and soon.
import { randomBytes } from "node:crypto";

/** How long one waits to be opened, ms. */
const waitMs = 60_000;
/** So many wait at once; the oldest go. */
const most = 8;

/** Keeps them. */
export interface Tickets {
  /** @returns the last part of its address */
  put(html: string): string;
  /** The page, once. */
  take(ticket: string): string | undefined;
}

/** @param now - ms */
export function createTickets(now: () => number = Date.now): Tickets {
  const kept = new Map<string, { readonly html: string; readonly until: number }>();
  return {
    put: (html) => {
      for (const [ticket, { until }] of kept) if (until < now() || kept.size >= most) kept.delete(ticket);
      const ticket = randomBytes(24).toString("base64url");
      kept.set(ticket, { html, until: now() + waitMs });
      return ticket;
    },
    take: (ticket) => {
      const found = kept.get(ticket);
      kept.delete(ticket);
      return found === undefined || found.until < now() ? undefined : found.html;
    },
  };
}

/**
 * Of such a page, which draws with scripts of its own: its own policy lets those alone run, by their hashes. It is shut into an
 * origin of nobody's, so that it could not reach the dashboard's token if it wanted.
 */
export const ticketHeaders: Readonly<Record<string, string>> = {
  "Content-Type": "text/html; charset=utf-8",
  "Content-Security-Policy":
    "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox allow-scripts",
};
