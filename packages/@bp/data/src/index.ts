// What leaves the package.
export { castTape, type TapeCast } from "./cast.ts";
export type { FileReport, ReadOptions } from "./file.ts";
export { joinTapes } from "./join.ts";
export { type ReadTape, readTape } from "./read.ts";
export type { RecordingHeader, RecordingLine } from "./record/format.ts";
export { createRecorder, type Recorder, type RecorderOptions } from "./record/recorder.ts";
export { sliceTape } from "./slice.ts";
export { createTapeWriter, type TapeWriter, tapeDigest } from "./writer.ts";
