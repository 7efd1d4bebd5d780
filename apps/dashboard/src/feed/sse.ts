// Reads server-sent events out of text that comes in pieces, cut anywhere.

/** Takes pieces as they come. */
export interface SseReader {
  push(piece: string): void;
}

/**
 * @param heard - is told each whole event; one without a name is `message`
 * @see https://html.spec.whatwg.org/multipage/server-sent-events.html#event-stream-interpretation
 */
export function createSseReader(heard: (event: string, data: string) => void): SseReader {
  let rest = "";
  let event = "";
  let data: string | undefined;
  const line = (text: string) => {
    if (text === "") {
      if (data !== undefined) heard(event === "" ? "message" : event, data);
      [event, data] = ["", undefined];
      return;
    }
    const colon = text.indexOf(":");
    if (colon === 0) return; // a sign of life
    const name = colon < 0 ? text : text.slice(0, colon);
    const value = colon < 0 ? "" : text.slice(text[colon + 1] === " " ? colon + 2 : colon + 1);
    if (name === "event") event = value;
    else if (name === "data") data = data === undefined ? value : `${data}\n${value}`;
  };
  return {
    push: (piece) => {
      // Where the rest has no end of line, only the new piece can bring one: a long line is not searched again and again.
      const from = rest.length;
      rest += piece;
      let start = 0;
      for (let end = rest.indexOf("\n", from); end >= 0; end = rest.indexOf("\n", start)) {
        line(rest.slice(start, rest[end - 1] === "\r" && end > start ? end - 1 : end));
        start = end + 1;
      }
      if (start > 0) rest = rest.slice(start);
    },
  };
}
