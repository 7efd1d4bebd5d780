// The words of the menu, in both languages.

/** All that the menu says. */
export interface MenuWords {
  readonly title: string;
  readonly choose: string;
  readonly items: {
    readonly deposit: string;
    readonly balances: string;
    readonly markets: string;
    readonly book: string;
    readonly maker: string;
    readonly statistics: string;
    readonly analysis: string;
    readonly rebalance: string;
    readonly database: (on: boolean) => string;
    readonly quit: string;
  };
  readonly disabled: string;
  readonly noRuns: string;
  readonly blockchain: string;
  readonly symbol: string;
  readonly spread: string;
  readonly quantity: string;
  readonly maxOrders: string;
  readonly duration: string;
  readonly interval: string;
  readonly maxPosition: string;
  readonly positionThreshold: string;
  readonly targetPosition: string;
  readonly inventorySkew: string;
  readonly stopLoss: string;
  readonly takeProfit: string;
  readonly rebalanceOn: string;
  readonly baseAssetTarget: string;
  readonly rebalanceThreshold: string;
  readonly bad: {
    readonly above0: string;
    readonly between0and1: string;
    readonly whole: string;
    readonly percent: string;
  };
  readonly empty: string;
  readonly bids: string;
  readonly asks: string;
  readonly imbalance: string;
  readonly pressure: { readonly buy: string; readonly sell: string; readonly none: string };
  readonly trend: { readonly up: string; readonly down: string; readonly flat: string };
  readonly volatility: string;
  readonly suggestedSpread: string;
  readonly suggestedOrders: string;
  readonly suggestedRebalance: string;
  readonly rebalanceHelp: readonly string[];
  readonly simulation: string;
  readonly database: (on: boolean) => string;
  readonly bye: string;
}

const en: MenuWords = {
  title: "Market maker",
  choose: "What next?",
  items: {
    deposit: "1 · Deposit address",
    balances: "2 · Balances and collateral",
    markets: "3 · Markets",
    book: "4 · Order book",
    maker: "5 · Run market making",
    statistics: "6 · Statistics",
    analysis: "7 · Market analysis",
    rebalance: "8 · Rebalancing: help and simulation",
    database: (on) => `D · Keep a database: ${on ? "on" : "off"}`,
    quit: "9 · Quit",
  },
  disabled: "needs the database",
  noRuns: "no runs yet",
  blockchain: "Blockchain, for example Solana",
  symbol: "Market, for example SOL_USDC or SOL_USDC_PERP",
  spread: "Spread in percent, full width",
  quantity: "Size of each order in base (empty: by the funds)",
  maxOrders: "Orders a side",
  duration: "Run time in seconds",
  interval: "Refresh period in seconds",
  maxPosition: "Most that may be held, in base",
  positionThreshold: "Tolerance before it is reduced, in base",
  targetPosition: "Inventory that is tolerated, in base",
  inventorySkew: "Lean against inventory, 0 to 1",
  stopLoss: "Stop loss in quote, below 0 (empty: off)",
  takeProfit: "Take profit in quote, above 0 (empty: off)",
  rebalanceOn: "Rebalance?",
  baseAssetTarget: "Share of base in percent",
  rebalanceThreshold: "Tolerated drift in points",
  bad: {
    above0: "a number above 0",
    between0and1: "a number from 0 to 1",
    whole: "a whole number, 1 or more",
    percent: "a percentage from 0 to 100",
  },
  empty: "nothing",
  bids: "bids",
  asks: "asks",
  imbalance: "Imbalance",
  pressure: { buy: "buy pressure", sell: "sell pressure", none: "balanced" },
  trend: { up: "upward", down: "downward", flat: "sideways" },
  volatility: "Volatility (20 candles of 15 minutes)",
  suggestedSpread: "Suggested spread",
  suggestedOrders: "Suggested orders a side",
  suggestedRebalance: "Suggested rebalancing",
  rebalanceHelp: [
    "On spot the share of base in base and quote together is kept near a target.",
    "Once it is off by more than the threshold, an order that takes at once brings it back to the target.",
    "It trades at no worse than 0.1 % beyond the touch and uses at most 95 % of either balance.",
  ],
  simulation: "Simulation with 1000 USDC",
  database: (on) =>
    on ? "The journal is kept: restarts resume, statistics last." : "The journal is kept in memory only.",
  bye: "Until next time.",
};

const zh: MenuWords = {
  title: "做市交易",
  choose: "請選擇操作",
  items: {
    deposit: "1 · 查詢存款地址",
    balances: "2 · 查詢餘額與抵押品",
    markets: "3 · 獲取市場信息",
    book: "4 · 獲取訂單簿",
    maker: "5 · 執行做市策略",
    statistics: "6 · 交易統計報表",
    analysis: "7 · 市場分析",
    rebalance: "8 · 重平設置說明與模擬",
    database: (on) => `D · 資料庫：${on ? "開" : "關"}`,
    quit: "9 · 退出",
  },
  disabled: "需要開啟資料庫",
  noRuns: "尚無運行記錄",
  blockchain: "區塊鏈，例如 Solana",
  symbol: "交易對，例如 SOL_USDC 或 SOL_USDC_PERP",
  spread: "價差百分比（總寬度）",
  quantity: "每單數量（留空：依資金自動）",
  maxOrders: "每側訂單數",
  duration: "執行時間（秒）",
  interval: "更新間隔（秒）",
  maxPosition: "最大持倉量",
  positionThreshold: "倉位觸發值",
  targetPosition: "目標庫存",
  inventorySkew: "庫存偏移強度 0 至 1",
  stopLoss: "止損金額（負值，留空：關閉）",
  takeProfit: "止盈金額（正值，留空：關閉）",
  rebalanceOn: "啟用重平衡？",
  baseAssetTarget: "基礎資產目標百分比",
  rebalanceThreshold: "重平衡觸發閾值（百分點）",
  bad: {
    above0: "需為大於 0 的數字",
    between0and1: "需為 0 至 1 的數字",
    whole: "需為 1 以上的整數",
    percent: "需為 0 至 100 的百分比",
  },
  empty: "無",
  bids: "買盤",
  asks: "賣盤",
  imbalance: "市場不平衡度",
  pressure: { buy: "買盤壓力", sell: "賣盤壓力", none: "均衡" },
  trend: { up: "上升", down: "下降", flat: "盤整" },
  volatility: "波動率（20 根 15 分鐘 K 線）",
  suggestedSpread: "建議價差",
  suggestedOrders: "建議每側訂單數",
  suggestedRebalance: "建議重平衡設置",
  rebalanceHelp: [
    "現貨中，基礎資產佔總資產的比例維持在目標附近。",
    "偏離超過閾值時，以立即成交的訂單回到目標。",
    "成交價不差於最佳價 0.1 %，且最多使用任一餘額的 95 %。",
  ],
  simulation: "以 1000 USDC 模擬",
  database: (on) => (on ? "保留日誌：重啟後繼續，統計保留。" : "日誌僅保留在記憶體中。"),
  bye: "再見。",
};

/** The words of a language. */
export const menuWords: Readonly<Record<"en" | "zh", MenuWords>> = { en, zh };
