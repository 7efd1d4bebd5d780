// The panes: each is given a frame and shows its part of it.
export { Chart } from "./chart/Chart.tsx";
export { PaneLanguage } from "./common/setting.tsx";
export { Fills } from "./fills/Fills.tsx";
export { NewsList } from "./fills/NewsList.tsx";
export { Funding } from "./funding/Funding.tsx";
export { Health } from "./health/Health.tsx";
export { Hedge } from "./hedge/Hedge.tsx";
export { Ladders } from "./ladder/Ladder.tsx";
export { Money } from "./money/Money.tsx";
export { Balances } from "./positions/Balances.tsx";
export { Positions } from "./positions/Positions.tsx";
export { System } from "./system/System.tsx";
export { Why } from "./why/Why.tsx";
export { en } from "./words/en.ts";
export { zhCN } from "./words/zhCN.ts";
export { zhTW } from "./words/zhTW.ts";
