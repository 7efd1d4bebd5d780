// What leaves the package.
export * from "./contract.ts";
export { createExchange } from "./exchange.ts";
export type { Cut, FaultRates, Faults } from "./faults.ts";
export { defaultMarkets } from "./markets/default.ts";
export { type GeneratedOptions, generatedMarket } from "./markets/generated.ts";
export type { JumpOptions } from "./markets/jumps.ts";
export type { MakerOptions } from "./markets/makers.ts";
export type { TakerOptions } from "./markets/takers.ts";
export type { WalkOptions } from "./markets/walk.ts";
export { createMatcher, type Matcher, type OnFill } from "./matching.ts";
export { constantLatency, drawnLatency, type Latency, tableLatency } from "./models/latency.ts";
export { byShare, printsOnly, queueAfter } from "./models/queue.ts";
export { type PaperOptions, paperVenue } from "./paper.ts";
export type { RecordedAs } from "./recording/infer.ts";
export { type RecordedMarket, type RecordedOptions, recordedMarket } from "./recording/recorded.ts";
export { type ScriptedMarket, scriptedMarket } from "./scripted.ts";
export { createTimeline, type Timeline } from "./timeline.ts";
export { type SimVenueOptions, simVenue } from "./venue.ts";
