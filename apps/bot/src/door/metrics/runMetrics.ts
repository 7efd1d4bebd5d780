// Metrics of the run, its loop and what it warns of.
import { type Metric, ofFrame, sample } from "./metric.ts";

const states = ["starting", "running", "paused", "stopping", "halted", "ended"] as const;

/** In the order of docs/metrics.md. */
export const runMetrics: readonly Metric[] = [
  {
    name: "bp_run_info",
    type: "gauge",
    help: "The run: always 1, its labels say which.",
    labels: ["run", "place", "strategy", "version"],
    read: ofFrame(({ run: { id, place, strategy, version } }) => sample(1, { run: id, place, strategy, version })),
  },
  {
    name: "bp_run_state",
    type: "gauge",
    help: "1 for the state in which the run is, 0 for the others.",
    labels: ["state"],
    read: ofFrame(({ run }) => states.flatMap((state) => sample(run.state === state ? 1 : 0, { state }))),
  },
  {
    name: "bp_run_start_timestamp_seconds",
    type: "gauge",
    help: "When this process began with the run, since 1970.",
    labels: [],
    read: ofFrame(({ run }) => sample(run.began / 1_000)),
  },
  {
    name: "bp_frame_age_seconds",
    type: "gauge",
    help: "How long ago the trading thread last told what is true: above 10 it stands still.",
    labels: [],
    read: ({ frame, ageMs }) => (frame === undefined ? [] : sample(ageMs / 1_000)),
  },
  {
    name: "bp_warnings",
    type: "gauge",
    help: "Things that a person should look at, by how grave they are.",
    labels: ["level"],
    read: ofFrame(({ warnings }) =>
      (["warn", "alert"] as const).flatMap((level) =>
        sample(warnings.filter((each) => each.level === level).length, { level }),
      ),
    ),
  },
  {
    name: "bp_loop_events_per_second",
    type: "gauge",
    help: "Events that the loop took in, of the last minute.",
    labels: [],
    read: ofFrame(({ loop }) => sample(loop.eventsPerSecond)),
  },
  {
    name: "bp_loop_step_median_seconds",
    type: "gauge",
    help: "From an event to its commands, the middle of the last thousand.",
    labels: [],
    read: ofFrame(({ loop }) => sample(loop.stepP50Us / 1e6)),
  },
  {
    name: "bp_loop_step_p99_seconds",
    type: "gauge",
    help: "From an event to its commands, the 99th of a hundred.",
    labels: [],
    read: ofFrame(({ loop }) => sample(loop.stepP99Us / 1e6)),
  },
  {
    name: "bp_loop_late_seconds",
    type: "gauge",
    help: "The longest that the event loop was late in the last minute.",
    labels: [],
    read: ofFrame(({ loop }) => sample(loop.lateMs / 1_000)),
  },
  {
    name: "bp_journal_slow",
    type: "gauge",
    help: "1 while the journal cannot be written as fast as it fills: nothing new is placed then.",
    labels: [],
    read: ofFrame(({ loop }) => sample(loop.journalSlow ? 1 : 0)),
  },
];
