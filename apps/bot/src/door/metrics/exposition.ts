// All metrics as Prometheus reads them.
import { Counter, Gauge, Registry } from "prom-client";
import { accountMetrics } from "./accountMetrics.ts";
import { doorMetrics } from "./doorMetrics.ts";
import { marketMetrics } from "./marketMetrics.ts";
import type { Measured, Metric } from "./metric.ts";
import { moneyMetrics } from "./moneyMetrics.ts";
import { runMetrics } from "./runMetrics.ts";

/** Every metric there is. */
export const allMetrics: readonly Metric[] = [
  ...runMetrics,
  ...moneyMetrics,
  ...marketMetrics,
  ...accountMetrics,
  ...doorMetrics,
];

/** Writes them; those of which nothing is known are left out. */
export interface Exposition {
  readonly contentType: string;
  text(measured: Measured): Promise<string>;
}

/** A registry of its own. */
export function createExposition(): Exposition {
  const registry = new Registry();
  const set = allMetrics.map((metric) => setter(metric, registry));
  let turn = Promise.resolve("");
  return {
    contentType: registry.contentType,
    text: (measured) => {
      for (const each of set) each(measured);
      turn = turn.then(() => registry.metrics());
      return turn;
    },
  };
}

function setter({ name, type, help, labels, read }: Metric, registry: Registry): (measured: Measured) => void {
  const options = { name, help, labelNames: [...labels], registers: [registry] };
  if (type === "gauge") {
    const gauge = new Gauge(options);
    return (measured) => {
      gauge.reset();
      if (labels.length === 0) gauge.remove(); // `reset` makes a 0 of it, and 0 is no word for unknown
      for (const { labels: own, value } of read(measured)) gauge.set(own, value);
    };
  }
  const counter = new Counter(options);
  return (measured) => {
    counter.reset();
    if (labels.length === 0) counter.remove();
    for (const { labels: own, value } of read(measured)) if (value >= 0) counter.inc(own, value);
  };
}
