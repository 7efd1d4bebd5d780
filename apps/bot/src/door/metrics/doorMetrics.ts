// Metrics of the door itself.
import { type Metric, sample } from "./metric.ts";

/** In the order of docs/metrics.md. */
export const doorMetrics: readonly Metric[] = [
  {
    name: "bp_door_streams",
    type: "gauge",
    help: "Pages that look now.",
    labels: [],
    read: ({ streams }) => sample(streams),
  },
  {
    name: "bp_door_refused_total",
    type: "counter",
    help: "Requests that were refused, by status.",
    labels: ["status"],
    read: ({ refused }) => [...refused].flatMap(([status, count]) => sample(count, { status: String(status) })),
  },
  {
    name: "bp_door_wrong_tokens_total",
    type: "counter",
    help: "Wrong tokens: many are somebody who guesses, or a page of an earlier start.",
    labels: [],
    read: ({ wrongTokens }) => sample(wrongTokens),
  },
  {
    name: "bp_door_connections_refused_total",
    type: "counter",
    help: "Requests of connections that were too many.",
    labels: [],
    read: ({ connections }) => sample(connections),
  },
];
