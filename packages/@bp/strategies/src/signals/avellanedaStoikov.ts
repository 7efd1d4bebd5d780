// Where to quote, given inventory, risk aversion and how fast far quotes are reached less often.

/** What the model is asked with. Prices in any one unit (ticks), time in seconds. */
export interface AvellanedaStoikov {
  /** The fair price. */
  readonly mid: number;
  /** Inventory in clips, signed. */
  readonly inventory: number;
  /** γ: aversion to risk, per clip and unit of price; above 0. */
  readonly riskAversion: number;
  /** σ: units of price per root second. */
  readonly volatility: number;
  /** T - t in seconds: how long inventory is expected to be carried. */
  readonly horizon: number;
  /** k of `λ(δ) = A · e^(-kδ)`, per unit of price; above 0. */
  readonly decay: number;
}

/**
 * Reservation price `mid - q · γ · σ² · (T - t)`, and half of the optimal spread `γσ²(T - t) + (2 / γ) · ln(1 + γ / k)`.
 *
 * @see Avellaneda & Stoikov (2008), High-frequency trading in a limit order book, eqs 29 and 30
 */
export function avellanedaStoikov(input: AvellanedaStoikov): { readonly reservation: number; readonly half: number } {
  const { mid, inventory, riskAversion, volatility, horizon, decay } = input;
  const risk = riskAversion * volatility * volatility * horizon;
  return {
    reservation: mid - inventory * risk,
    half: risk / 2 + Math.log1p(riskAversion / decay) / riskAversion,
  };
}
