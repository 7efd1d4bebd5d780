"""The figures of this folder once more, in numpy and scipy, for numpy.test.ts: series as JSON in, figures as JSON out."""

import json
import sys
from itertools import combinations

import numpy as np
from scipy import stats


def ratio(above, below):
    return None if above is None or below is None or below == 0 else above / below


def dips(equity):
    peak = np.maximum.accumulate(equity)
    below = equity / peak - 1
    edges = np.flatnonzero(np.diff(np.concatenate(([0], (below < 0).astype(int), [0]))))
    return below, [(a - 1, a + int(np.argmin(below[a:b])), b if b < len(equity) else None) for a, b in edges.reshape(-1, 2)]


def of_equity(equity, market, span, periods, free):
    r = equity[1:] / equity[:-1] - 1
    m = market[1:] / market[:-1] - 1
    f = free / periods
    total = np.prod(1 + r) - 1
    growth = (1 + total) ** (365 * 86_400_000 / span) - 1
    below, found = dips(equity)
    depths = [below[low] for _, low, _ in found]
    ulcer = np.sqrt(np.mean(below**2))
    deepest = below.min()
    q = lambda share: np.quantile(r, share)
    down = lambda least: np.sqrt(np.mean(np.minimum(r - least, 0) ** 2))
    rho = np.corrcoef(r[:-1], r[1:])[0, 1]
    lags = np.arange(1, len(r))
    penalty = np.sqrt(1 + 2 * np.sum((len(r) - lags) / len(r) * np.abs(rho) ** lags))
    sharpe = (r.mean() - f) / r.std(ddof=1) * np.sqrt(periods)
    sortino = (r.mean() - f) / down(f) * np.sqrt(periods)
    line = stats.linregress(m, r)
    shortfall = lambda x: -x[x <= np.quantile(x, 0.05)].mean()
    each = (r.mean() / r.std(ddof=1))
    spread = 0.3 * abs(each) + 0.01
    lucky = spread * (
        (1 - np.euler_gamma) * stats.norm.ppf(1 - 1 / 50) + np.euler_gamma * stats.norm.ppf(1 - 1 / (50 * np.e))
    )
    root = np.sqrt(1 - stats.skew(r) * each + (stats.kurtosis(r, fisher=False) - 1) / 4 * each**2)
    return {
        "total": total,
        "cagr": growth,
        "expected": stats.gmean(1 + r) - 1,
        "winShare": (r > 0).sum() / (r != 0).sum(),
        "best": r.max(),
        "worst": r.min(),
        "mean": r.mean(),
        "skew": stats.skew(r),
        "kurtosis": stats.kurtosis(r, fisher=False),
        "volatility": r.std(ddof=1) * np.sqrt(periods),
        "downsideDeviation": down(0) * np.sqrt(periods),
        "maxDrawdown": deepest,
        "averageDrawdown": np.mean(depths) if depths else 0,
        "dips": len(found),
        "longestDip": max((b if b is not None else len(equity)) - a for a, _, b in found) if found else 0,
        "ulcer": ulcer,
        "worstDrawdowns": np.sort(below)[: max(1, int(len(below) * 0.01))].mean(),
        "var95": -q(0.05),
        "var99": -q(0.01),
        "cvar95": shortfall(r),
        "tailRatio": abs(q(0.95)) / abs(q(0.05)),
        "sharpe": sharpe,
        "sortino": sortino,
        "autocorrelation": rho,
        "smartSharpe": sharpe / penalty,
        "smartSortino": sortino / penalty,
        "calmar": ratio(growth, abs(deepest)),
        "sterling": ratio(growth, abs(np.mean(depths)) if depths else 0),
        "omega": ratio(np.maximum(r, 0).sum(), np.maximum(-r, 0).sum()),
        "omegaAbove": ratio(np.maximum(r - 1e-4, 0).sum(), np.maximum(1e-4 - r, 0).sum()),
        "gainToPain": ratio(r.sum(), -np.minimum(r, 0).sum()),
        "ulcerPerformance": ratio(growth - free, ulcer),
        "serenity": ratio(r.sum() - free, ulcer * shortfall(below) / r.std(ddof=1)),
        "recovery": ratio(total, abs(deepest)),
        "beta": line.slope,
        "alpha": (r.mean() - f - line.slope * (m.mean() - f)) * periods,
        "r2": line.rvalue**2,
        "correlation": line.rvalue,
        "treynor": (r.mean() * periods - free) / line.slope,
        "information": (r - m).mean() / (r - m).std(ddof=1) * np.sqrt(periods),
        "psr": stats.norm.cdf(each * np.sqrt(len(r) - 1) / root),
        "lucky": lucky,
        "dsr": stats.norm.cdf((each - lucky) * np.sqrt(len(r) - 1) / root),
        "kellyLeverage": r.mean() / r.var(ddof=1),
        "ruin": 1 if r.mean() <= 0 else np.exp(-2 * r.mean() * 0.5 / r.var(ddof=1)),
    }


def rolling(equity, market, window, periods, free):
    r = equity[1:] / equity[:-1] - 1
    m = market[1:] / market[:-1] - 1
    own = np.lib.stride_tricks.sliding_window_view(r, window)
    theirs = np.lib.stride_tricks.sliding_window_view(m, window)
    f = free / periods
    excess = own.mean(axis=1) - f
    return {
        "rollingVolatility": list(own.std(axis=1, ddof=1) * np.sqrt(periods)),
        "rollingSharpe": list(excess / own.std(axis=1, ddof=1) * np.sqrt(periods)),
        "rollingSortino": list(excess / np.sqrt(np.mean(np.minimum(own - f, 0) ** 2, axis=1)) * np.sqrt(periods)),
        "rollingBeta": [np.cov(x, y)[0, 1] / np.var(x, ddof=1) for x, y in zip(theirs, own)],
    }


def streak(won):
    longest = here = 0
    for each in won:
        here = here + 1 if each else 0
        longest = max(longest, here)
    return longest


def of_trades(p):
    won, lost = p[p > 0], p[p < 0]
    rate = len(won) / (len(won) + len(lost))
    payoff = won.mean() / -lost.mean()
    played = p[p != 0]
    return {
        "winRate": rate,
        "expectancy": p.mean(),
        "averageWin": won.mean(),
        "averageLoss": lost.mean(),
        "largestWin": won.max(),
        "largestLoss": lost.min(),
        "payoff": payoff,
        "profitFactor": won.sum() / -lost.sum(),
        "winStreak": streak(played > 0),
        "lossStreak": streak(played < 0),
        "quality": np.sqrt(len(p)) * p.mean() / p.std(ddof=1),
        "kelly": rate - (1 - rate) / payoff,
    }


def of_matrix(matrix, blocks):
    trials = len(matrix)
    parts = np.array_split(matrix[:, : matrix.shape[1] // blocks * blocks], blocks, axis=1)
    ranks, losses = [], []
    for inside in combinations(range(blocks), blocks // 2):
        own = np.concatenate([parts[i] for i in inside], axis=1)
        other = np.concatenate([parts[i] for i in range(blocks) if i not in inside], axis=1)
        score = other.mean(axis=1) / other.std(axis=1, ddof=1)
        best = int(np.argmax(own.mean(axis=1) / own.std(axis=1, ddof=1)))
        ranks.append(stats.rankdata(score)[best] / (trials + 1))
        losses.append(other[best].sum() < 0)
    ranks = np.array(ranks)
    return {"pbo": np.mean(ranks <= 0.5), "splits": len(ranks), "medianRank": np.median(ranks), "losses": np.mean(losses)}


def of_draws(drawn, periods):
    """Rows as the bootstrap drew them, to the ends of its intervals."""
    sharpes = drawn.mean(axis=1) / drawn.std(axis=1, ddof=1) * np.sqrt(periods)
    return {"low": np.quantile(sharpes, 0.05), "high": np.quantile(sharpes, 0.95)}


def plain(value):
    if isinstance(value, dict):
        return {key: plain(each) for key, each in value.items()}
    if isinstance(value, list):
        return [plain(each) for each in value]
    return value.item() if isinstance(value, np.generic) else value


asked = json.load(sys.stdin)
answer = {"series": [], "normal": [], "trades": [], "matrices": [], "draws": []}
for each in asked["series"]:
    equity, market = np.array(each["equity"]), np.array(each["market"])
    figures = of_equity(equity, market, each["span"], each["periods"], each["free"])
    answer["series"].append({**figures, **rolling(equity, market, each["window"], each["periods"], each["free"])})
answer["trades"] = [of_trades(np.array(each)) for each in asked["trades"]]
answer["matrices"] = [of_matrix(np.array(each["rows"]), each["blocks"]) for each in asked["matrices"]]
answer["draws"] = [of_draws(np.array(each["rows"]), each["periods"]) for each in asked["draws"]]
answer["normal"] = {
    "cdf": list(stats.norm.cdf(np.array(asked["normal"]["z"]))),
    "quantile": list(stats.norm.ppf(np.array(asked["normal"]["p"]))),
}
json.dump(plain(answer), sys.stdout)
