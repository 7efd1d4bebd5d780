// The panes: each is given a frame and shows its part of it.
export { Chart, type ChartProps } from "./chart/Chart.tsx";
export { keepEqual } from "./common/keepEqual.ts";
export { PaneLanguage } from "./common/setting.tsx";
export { Fills, type FillsProps } from "./fills/Fills.tsx";
export { NewsList, type NewsListProps } from "./fills/NewsList.tsx";
export { Funding } from "./funding/Funding.tsx";
export { Health } from "./health/Health.tsx";
export { Hedge } from "./hedge/Hedge.tsx";
export { Ladder, type LadderProps, Ladders } from "./ladder/Ladder.tsx";
export { Money } from "./money/Money.tsx";
export { Balances } from "./positions/Balances.tsx";
export { Positions } from "./positions/Positions.tsx";
export { System, type SystemProps } from "./system/System.tsx";
export { Why, type WhyProps } from "./why/Why.tsx";
export { en, type PaneWord, type PaneWords } from "./words/en.ts";
export { zhCN } from "./words/zhCN.ts";
export { zhTW } from "./words/zhTW.ts";
