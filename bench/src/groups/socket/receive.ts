// socket/receive: frames off a socket that is never empty, into a book.

import { type ChildProcess, fork } from "node:child_process";
import { join } from "node:path";
import { followBook } from "@bp/client";
import { flatBook } from "../../book/flat.ts";
import { followed } from "../../book/followed.ts";
import type { Kept } from "../../book/kept.ts";
import { type Recording, recordingOf } from "../../book/recording.ts";
import { textOf } from "../../book/text.ts";
import type { Figure, Goal, Group, Role } from "../../group.ts";
import { byClient, bySocket, byWs, byWsAsItComes, type Receive } from "../../socket/receivers.ts";

interface Receiver {
  readonly name: string;
  readonly role: Role;
  readonly goals?: readonly Goal[];
  readonly receive: Receive;
  /** What the frames go into; left out: `JSON.parse`. */
  readonly kept?: Kept;
}

const limit = "ws, skipUTF8Validation + the same decoder and book";
const passes = 4;

export const receive: Group = {
  about:
    "Depth frames a second from a process that writes them as fast as they are taken, over loopback without TLS: frame, book, touch; each pass begins with the snapshot.",
  run: async ({ rounds, quick }) => {
    const recording = recordingOf(quick ? 10_000 : 60_000);
    const receivers = receiversOf(recording);
    const wrong = new Set<string>();
    const found = receivers.map((): number[] => []);
    const { child, url } = await started(recording);
    try {
      for (let round = -2; round < rounds * 2; round++)
        for (let turn = 0; turn < receivers.length; turn++) {
          const place = (turn + round + 2) % receivers.length;
          const receiver = receivers[place];
          if (receiver === undefined) continue;
          const { rate, why } = await measured(receiver, recording, url);
          if (why !== undefined) wrong.add(`${receiver.name}: ${why}`);
          if (round >= 0) found[place]?.push(rate); // everything is compiled by then
        }
    } finally {
      child.kill();
    }
    const figures = receivers.map(({ name, role, goals }, place): Figure => {
      const figure = { contender: name, role, rounds: found[place] ?? [] };
      return goals === undefined ? figure : { ...figure, goals };
    });
    const facts = [`${recording.frames.length} frames of ${recording.about}, ${passes} times over in each round`];
    return { unit: "/s", figures, facts, wrong: [...wrong] };
  },
};

function receiversOf(recording: Recording): readonly Receiver[] {
  const flat = () => flatBook(recording.instrument, recording.snapshot);
  const ours = () => followed(followBook({ instrument: recording.instrument }), recording.snapshot);
  const goals = [{ against: limit, atLeast: 0.7 }];
  return [
    { name: limit, role: "limit", receive: byWs, kept: ours() },
    { name: "@bp/transport createSocket + followBook", role: "ours", goals, receive: bySocket, kept: ours() },
    { name: "@bp/client streams + followBook", role: "ours", receive: byClient(recording), kept: ours() },
    { name: "ws, skipUTF8Validation + the bench's flat book", role: "note", receive: byWs, kept: flat() },
    { name: "ws + JSON.parse, no book", role: "peer", receive: byWsAsItComes },
  ];
}

/** Frames a second from the first to the last of all passes, and what was wrong with them. */
function measured(receiver: Receiver, { frames, touches }: Recording, url: string) {
  const { kept, receive: open } = receiver;
  const touch = new Float64Array(4);
  const all = frames.length * passes;
  return new Promise<{ readonly rate: number; readonly why: string | undefined }>((resolve) => {
    let place = 0; // in the pass
    let count = 0;
    let refused = 0;
    let otherEnds = 0;
    let start = 0;
    const stop = open(url, (bytes) => {
      if (count === 0) start = performance.now();
      if (place === 0) kept?.load();
      if (kept === undefined) JSON.parse(textOf(bytes));
      else {
        if (!kept.take(bytes)) refused += 1;
        kept.touch(touch);
      }
      count += 1;
      place += 1;
      if (place < frames.length) return;
      if (kept !== undefined && touch.some((value, part) => value !== touches[(place - 1) * 4 + part])) otherEnds += 1;
      place = 0;
      if (count < all) return;
      const rate = ((all - 1) / (performance.now() - start)) * 1_000;
      stop();
      const good = refused + otherEnds === 0;
      const why = good ? undefined : `${refused} frames refused, ${otherEnds} passes ended with another touch`;
      setImmediate(() => resolve({ rate, why })); // not within the frame
    });
  });
}

/** The sender, ready. */
function started({ frames }: Recording): Promise<{ readonly child: ChildProcess; readonly url: string }> {
  const child = fork(join(import.meta.dirname, "../../socket/sender.ts"), [String(frames.length), String(passes)]);
  return new Promise((resolve, reject) => {
    child.once("message", (port) => resolve({ child, url: `ws://127.0.0.1:${Number(port)}` }));
    child.once("exit", (code) => reject(new Error(`the sender ended with ${code}`)));
  });
}
