// What leaves the package.
export { type Bar, tapeOfBars } from "./bars.ts";
export { openTape, writeTape } from "./cache.ts";
export type { TapeCast } from "./cast/options.ts";
export { castTape } from "./cast.ts";
export type { MarketReport, Stretch, TapeReport } from "./check/report.ts";
export { checkText } from "./check/text.ts";
export { type CheckOptions, checkTape } from "./check.ts";
export {
  checkBeginning,
  type DownloadOptions,
  type DownloadProgress,
  type DownloadSink,
  download,
  type Page,
  type PageAsk,
} from "./download/download.ts";
export { type DownloadFile, openDownload } from "./download/file.ts";
export { type NewestFirstOptions, newestFirst } from "./download/newestFirst.ts";
export { type Patience, patiently } from "./download/patient.ts";
export type { DownloadKind, DownloadRow } from "./download/rows.ts";
export type { FileReport, ReadOptions, ReadTape } from "./file.ts";
export { type MarkPoint, type PaidRate, withFunding } from "./funding.ts";
export { joinTapes } from "./join.ts";
export type { RecordedAs } from "./l2/infer.ts";
export { isNothingLeft } from "./nothing.ts";
export { readTape } from "./read.ts";
export type { RecordingHeader, RecordingLine } from "./record/format.ts";
export { createRecorder, type Recorder, type RecorderOptions, type RecorderState } from "./record/recorder.ts";
export { shiftTape } from "./shift.ts";
export { sliceTape } from "./slice.ts";
export { createTapeWriter, type TapeWriter, tapeDigest } from "./writer.ts";
