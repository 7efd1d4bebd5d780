// Which recorded market becomes which.
import type { Instrument, InstrumentId } from "@bp/core";

/** Which market becomes which. */
export interface TapeCast {
  readonly from: InstrumentId;
  readonly as: Instrument;
  /** What a price is multiplied by, decimal text above 0: `1000` where a market of SHIB becomes one of 1000SHIB. Default `1`. */
  readonly priceTimes?: string;
  /** Likewise sizes: `0.001` in that case; or the base that one contract stands for. */
  readonly sizeTimes?: string;
  /**
   * What to do with prices that the new market cannot have: refuse them (default), or round them away from the middle, bids down
   * and asks up, and candles to the nearest. Levels that fall together are added up. `lacks` says how many.
   */
  readonly round?: boolean;
}
