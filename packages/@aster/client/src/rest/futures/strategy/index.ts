// The group `futures.rest.strategy`.
export { chase } from "./chase.ts";
export { openStrategy } from "./openStrategy.ts";
export { placeStrategy } from "./placeStrategy.ts";
export { strategyHistory } from "./strategyHistory.ts";
export { updateStrategy } from "./updateStrategy.ts";
