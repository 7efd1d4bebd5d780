// What the rest of the bot needs of configurations.
export { places } from "./assemble.ts";
export type * from "./botConfig.ts";
export type { Finding } from "./finding.ts";
export { explainBotConfig, readBotConfig } from "./read.ts";
export { proxyOf, secretOf } from "./secrets.ts";
export { sourceAt, sourceOfMarket } from "./source.ts";
