import { depthReader, followAsterBook } from "@aster/client";
import { DepthFrame } from "@bp/client";
import { createBook, millis, symbolOf } from "@bp/core";
import { asterFlatBook } from "./book/asterFlat.ts";
import { asterRecording } from "./book/asterRecording.ts";

const which = process.argv[2];
const rec = asterRecording(process.argv[3] === '0' ? 'deep' : 'shallow', 20_000_000);
const { frames, instrument, snapshot } = rec;
const f = followAsterBook({ service: "futures", instrument });
const read = depthReader(symbolOf(instrument.id), instrument);
const fr = new DepthFrame();
const flat = asterFlatBook(rec);
const run: Record<string, () => void> = {
  ours: () => {
    f.lose();
    f.snapshot(snapshot, millis(1));
    for (const b of frames) f.frame(b, millis(1));
  },
  decode: () => {
    for (const b of frames) read(b, fr);
  },
  flat: () => {
    flat.load();
    for (const b of frames) flat.take(b);
  },
};
const go = run[which!]!;
for (let i = 0; i < 20; i++) go();
let best = 1e9;
for (let i = 0; i < 60; i++) {
  const c = process.cpuUsage();
  go();
  const d = process.cpuUsage(c);
  best = Math.min(best, d.user + d.system);
}
console.log(which, ((best * 1000) / frames.length).toFixed(0), "ns/frame", frames.length);
