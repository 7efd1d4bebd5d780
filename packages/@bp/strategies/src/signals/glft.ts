// Where to quote for as long as one likes: the stationary answer to the same question as Avellaneda and Stoikov's.

/** What the model is asked with. Prices in any one unit (ticks), time in seconds. */
export interface Glft {
  /** γ = ξ: aversion to risk, per clip and unit of price; above 0. */
  readonly riskAversion: number;
  /** σ: units of price per root second. */
  readonly volatility: number;
  /** A of `λ(δ) = A · e^(-kδ)`: arrivals a second at the fair price; above 0. */
  readonly arrivals: number;
  /** k of the same, per unit of price; above 0. */
  readonly decay: number;
  /** Δ: size of one order in clips. Default 1. */
  readonly clip?: number;
}

/**
 * With `c1 = ln(1 + ξΔ / k) / (ξΔ)` and `c2 = √(γ / (2AΔk) · (1 + ξΔ / k)^(k / (ξΔ) + 1))`: half the spread is `c1 + Δσc2 / 2`,
 * and each clip that is held moves both quotes against it by `σc2`.
 *
 * @see Guéant, Lehalle & Fernandez-Tapia, arXiv 1105.3115; Guéant, arXiv 1605.01862, eqs 4.6 and 4.7
 */
export function glft(input: Glft): { readonly half: number; readonly skew: number } {
  const { riskAversion, volatility, arrivals, decay, clip = 1 } = input;
  const risk = riskAversion * clip;
  const c1 = Math.log1p(risk / decay) / risk;
  const c2 = Math.sqrt((riskAversion / (2 * arrivals * clip * decay)) * (1 + risk / decay) ** (decay / risk + 1));
  return { half: c1 + (clip * volatility * c2) / 2, skew: volatility * c2 };
}
