// Two predictions of the sandbox's own: one that is open, one that was decided. Their markets are not traded here.

export const tags = [
  { slug: "crypto", title: "CRYPTO" },
  { slug: "weather", title: "WEATHER" },
] as const;

const delay = 3600; // s

function prediction(symbol: string, question: string, outcome: string, price: string, resolvedAt: string | null) {
  return {
    marketSymbol: symbol,
    question,
    groupLabel: null,
    yesOutcomeLabel: "Yes",
    noOutcomeLabel: "No",
    rules: "Decided by the sandbox.",
    resolvedAt,
    resolutionPrice: resolvedAt === null ? null : price,
    activePrice: price,
    quoteVolume: "0",
    quoteVolumeLifetime: "0",
    imgUrl: null,
    resolutionCondition: { type: "Outcome", outcome },
    proposedResolution: null,
    proposedResolutionAt: null,
    resolutionDelaySecs: delay,
  };
}

function resolution(resolved: boolean, startDate: string, endDate: string, outcome: string | null) {
  return {
    resolved,
    startDate,
    endDate,
    strikePrice: null,
    closePrice: null,
    resolutionSourceEventIdentifier: null,
    resolutionSource: null,
    outcome,
  };
}

export const events = [
  {
    slug: "sol-above-the-moon",
    title: "SOL above the moon",
    predictionMarkets: [prediction("SOLMOON_USDC_PREDICTION", "Will SOL pass the moon?", "Yes", "0.12", null)],
    tags: [tags[0]],
    series: [{ slug: "coins-and-moons", title: "Coins and moons", recurrence: null }],
    description: "Whether SOL passes the moon before the sandbox ends.",
    imgUrl: null,
    quoteVolume: "0",
    resolution: resolution(false, "2026-01-01T00:00:00", "2036-01-01T00:00:00", null),
    resolved: false,
    resolutionDelaySecs: delay,
  },
  {
    slug: "rain-on-new-year",
    title: "Rain on New Year's Day",
    predictionMarkets: [
      prediction("RAIN_USDC_PREDICTION", "Will it rain on New Year's Day?", "Yes", "1", "2026-01-02T00:00:00"),
    ],
    tags: [tags[1]],
    series: [],
    description: "Whether it rains on the first of January.",
    imgUrl: null,
    quoteVolume: "0",
    resolution: resolution(true, "2025-12-01T00:00:00", "2026-01-01T00:00:00", "Yes"),
    resolved: true,
    resolutionDelaySecs: delay,
  },
];
