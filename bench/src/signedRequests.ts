// Contenders that turn the parameters of an order into a signed request: each is checked first, then they race.
import type { Goal, Options, Report, Role } from "./group.ts";
import { race } from "./race.ts";

/** One way to make the request. */
interface Maker<Order, Request> {
  readonly name: string;
  readonly role: Role;
  readonly goals?: readonly Goal[];
  readonly make: (order: Order) => Request;
}

interface Requests<Order, Request> {
  /** Another order for each number. */
  readonly orderOf: (count: number) => Order;
  /** Whether the request says what was asked, and the signature in it is good. */
  readonly isRight: (request: Request, order: Order) => boolean;
  /** Requests in one piece of work: few enough for a short turn. */
  readonly perPiece: number;
}

/** Requests a second. */
export function raceRequests<Order, Request>(
  makers: readonly Maker<Order, Request>[],
  { orderOf, isRight, perPiece }: Requests<Order, Request>,
  options: Options,
): Report {
  const wrong = makers
    .filter(({ make }) => !isRight(make(orderOf(7)), orderOf(7)))
    .map(({ name }) => `${name}: not the signed request`);
  let count = 0;
  const figures = race(
    makers.map(({ make, ...rest }) => ({
      ...rest,
      work: () => {
        for (let times = 0; times < perPiece; times++) make(orderOf(++count));
        return perPiece;
      },
    })),
    options,
  );
  return {
    unit: "/s",
    figures,
    facts: [`${wrong.length} of ${makers.length} contenders gave a wrong request`],
    wrong,
  };
}
