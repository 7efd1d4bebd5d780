// The thread of a door: see open.ts.
import { parentPort, workerData } from "node:worker_threads";
import { giveWay } from "./quiet.ts";
import { serveDoor } from "./serve.ts";
import type { DoorData, FromDoor, ToDoor } from "./words.ts";

giveWay(5);
// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
const tell = (message: FromDoor) => parentPort?.postMessage(message);
const data = workerData as DoorData; // of open.ts
const { heard } = serveDoor(data, tell, () => parentPort?.close());
parentPort?.on("message", (message: ToDoor) => heard(message));
