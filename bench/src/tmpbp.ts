import { followBook } from "@bp/client";
import { millis } from "@bp/core";
import { recordingOf } from "./book/recording.ts";

const { frames, instrument, snapshot } = recordingOf(60_000);
const f = followBook({ instrument });
const out = new Float64Array(4);
const go = () => {
  f.lose();
  f.snapshot(snapshot, millis(1));
  for (const b of frames) {
    f.frame(b, millis(1));
    out[0] = f.book.bidPrice;
    out[1] = f.book.bidSize;
    out[2] = f.book.askPrice;
    out[3] = f.book.askSize;
  }
};
for (let i = 0; i < 20; i++) go();
let best = 1e9;
for (let i = 0; i < 80; i++) {
  const c = process.cpuUsage();
  go();
  const d = process.cpuUsage(c);
  best = Math.min(best, d.user + d.system);
}
console.log(((best * 1000) / frames.length).toFixed(1), "ns/frame");
