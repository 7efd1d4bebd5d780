// An exchange that runs: made, warmed up, told by a clock, moved by the pace.
import { BpError, isBpError, type Millis, millis } from "@bp/core";
import type { Exchange } from "@bp/sim";
import { createAgenda, withAgenda } from "./agenda.ts";
import { createHouse, type House } from "./house.ts";
import { createPace, type Pace } from "./pace.ts";
import { createTimes } from "./times.ts";

/** How time passes; the same for all exchanges of one sandbox. */
export interface Beat {
  /** Exchange ms per wall ms; `max`: as fast as the processor allows. */
  readonly speed: number | "max";
  /** Exchange time that passes before the doors open. */
  readonly warmupMs: number;
  /** Wall time of the first moment of the exchange, in ms with a fraction. */
  readonly wall: number;
}

export interface Running {
  readonly house: House;
  readonly pace: Pace;
  /** Lets the warm-up pass, once everybody listens who wants to know of it. */
  warmUp(): void;
}

/** The moment at which an exchange with this beat begins. */
export const startOf = ({ wall }: Beat): Millis => millis(Math.floor(wall));

/** A beat that begins so that the warm-up ends now. */
export function beatOf(speed: number | "max", warmupMs: number): Beat {
  return { speed, warmupMs, wall: Date.now() - warmupMs / (speed === "max" ? 1 : speed) };
}

/**
 * @param goesOn - whether the market still has something to tell, however late
 * @param broken - told when the market source throws; the market stands still then
 */
export function runExchange(
  exchange: Exchange,
  { speed, warmupMs, wall }: Beat,
  takerDelayMs: number,
  goesOn: () => boolean,
  broken: (error: BpError) => void,
): Running {
  const fixed = speed === "max" ? undefined : speed;
  const times = createTimes(fixed, exchange.now(), wall);
  const agenda = createAgenda();
  const house = createHouse(exchange, times, fixed ?? 1, takerDelayMs, agenda);
  const pace = createPace(withAgenda(exchange, agenda), times, speed, goesOn, (error) =>
    broken(isBpError(error) ? error : new BpError("sim/bad-market", { why: String(error) }, { cause: error })),
  );
  const warmUp = () => {
    if (warmupMs > 0) exchange.advance(millis(exchange.now() + warmupMs));
    if (fixed === undefined) times.anchor(exchange.now());
  };
  return { house, pace, warmUp };
}
