// Answers that any venue may give to any command: by HTTP class, without a word of the venue's own.
import { page, type Row, type Said } from "./row.ts";

/** What is believed after an answer that says nothing, by command. */
export interface Unclear {
  readonly command: Row["command"];
  readonly believed: Row["believed"];
}

interface Class {
  readonly answer: string;
  readonly says: Said;
  readonly why?: string;
}

const silent: readonly Class[] = [
  { answer: "no answer in time", says: "silence", why: "It may have been done, or be done later." },
  {
    answer: "the connection breaks after it was sent",
    says: "cut",
    why: "Nobody can say whether the venue had read it.",
  },
];

const unreadable: readonly Class[] = [
  {
    answer: "200 with another schema",
    says: { status: 200, json: { result: "ok" } },
    why: "The venue took it, in words that we do not know.",
  },
  { answer: "200 with an empty body", says: { status: 200, text: "" } },
  { answer: "200 with a web page", says: { status: 200, text: page }, why: "Somebody on the way has spoken." },
  { answer: "200 with half a JSON", says: { status: 200, text: '{"id":"12' } },
  { answer: "204", says: { status: 204 } },
  {
    answer: "302",
    says: { status: 302, headers: { location: "/elsewhere" } },
    why: "Not followed: a signature is for one address.",
  },
  { answer: "400 with a web page", says: { status: 400, text: page } },
  { answer: "408", says: { status: 408, text: "Request Timeout" } },
  ...[500, 502, 503, 504, 520].map(
    (status): Class => ({ answer: `${status} without a code`, says: { status, text: "Internal error" } }),
  ),
  { answer: "503 with a web page", says: { status: 503, text: page } },
];

/** Everything that leaves a command that changes something unclear. */
export function unclear({ command, believed }: Unclear): Row[] {
  return [...silent, ...unreadable].map((each) => ({ command, believed, ...each }));
}

/** Everything that leaves a reading call unclear; it is asked again. Silence and breaks are repeated below and cost only time. */
export function unread({ command, believed }: Unclear): Row[] {
  return [...silent, ...unreadable].map(({ answer, says }) => ({ command, believed, answer, says }));
}
