// What to do about the errors that users of the hedge loop ask about.

/** What went wrong, as far as it is known. */
export interface Trouble {
  /** HTTP status of the answer. */
  readonly status?: number;
  /** What was said about it. */
  readonly text: string;
}

type Lang = "en" | "zh";

interface Answer {
  readonly fits: (trouble: Trouble) => boolean;
  readonly zh: string;
  readonly en: string;
}

const says = (pattern: RegExp) => (trouble: Trouble) => pattern.test(trouble.text);

const answers: readonly Answer[] = [
  {
    fits: ({ status, text }) =>
      status === 401 || status === 403 || /\b(http|status|code)\W*401\b|unauthori[sz]ed|invalid signature/i.test(text),
    zh: "401：请检查 API 密钥是否正确、两个密钥是否填反，以及是否开启了交易权限和 IP 白名单",
    en: "401: check that both keys are right and not swapped, that the key may trade, and the list of allowed addresses",
  },
  {
    fits: ({ status, text }) => status === 404 || /RESOURCE_NOT_FOUND|\b(http|status|code)\W*404\b/i.test(text),
    zh: "404 RESOURCE_NOT_FOUND：属正常现象，订单已不在挂单列表；是否成交以成交历史为准",
    en: "404 RESOURCE_NOT_FOUND is normal: the order no longer rests; whether it was filled is read from the history of fills",
  },
  {
    fits: says(/无法获取最新价格|no (last )?price|unknown.symbol|invalid (market|symbol)/i),
    zh: "无法获取最新价格：请检查交易对名称（symbol）是否存在、拼写是否正确",
    en: "no last price: check that the symbol exists and is spelled as the venue spells it",
  },
  {
    fits: says(
      /ConnectionError|ECONN(REFUSED|RESET)|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|socket hang up|fetch failed|gave no answer/i,
    ),
    zh: "网络连接失败：请检查网络、代理和 base_url，程序会自动重连",
    en: "no connection: check network, proxy and base_url; it is tried again by itself",
  },
  {
    fits: says(/recvWindow|recv_window|-1021|request has expired|timestamp/i),
    zh: "请求已过期：请校准本机时间，或把 recv_window 调大（合约建议 5000–10000）",
    en: "the request has expired: set the clock of this machine, or use a larger recv_window (5000 to 10000 for futures)",
  },
];

/** Advice for a trouble that is known; `undefined` for any other. */
export function adviceOn(trouble: Trouble, lang: Lang): string | undefined {
  return answers.find(({ fits }) => fits(trouble))?.[lang];
}

/** What to know about money before the start. */
export function moneyHints(lang: Lang): readonly string[] {
  return lang === "zh"
    ? ["建议用总资金的 10–20% 做对冲，两边交易所都要留有余额", "先用小数量测试，再逐步加大；合约请适当调大 recv_window"]
    : [
        "use 10 to 20 % of your capital for this and keep a balance on both venues",
        "start small; futures want a larger recv_window",
      ];
}
