// The last look at what goes to a terminal: nothing of it may steer it but our own colours.

/** Controls, and marks that turn the direction of writing. */
const steering = /(?![\n\t])[\p{Cc}\u2028\u2029\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;
const esc = "\u001b";
const colour = /^\[[\d;]{0,20}m/;
/** What a prompt writes by itself, alone in a piece: the cursor moves, a line ends. Text of others always comes with a line end. */
const ofPrompt = new RegExp(`^(?:${esc}\\[[\\d;]{0,20}[A-Za-z]|\\r\\n|\\r|\\x07)+$`);

/** A piece of output as it may be shown: each control but line ends, tabs and colours becomes `\ufffd`. */
export function cleaned(piece: string): string {
  if (ofPrompt.test(piece)) return piece;
  return piece.replace(steering, (found, at: number) =>
    found === esc && colour.test(piece.slice(at + 1, at + 24)) ? found : "\ufffd",
  );
}

/** From now on everything that is written as text is looked at. @param streams - stdout and stderr */
export function watchOutlets(...streams: readonly NodeJS.WriteStream[]): void {
  for (const stream of streams) {
    const write = stream.write.bind(stream) as (chunk: unknown, ...rest: readonly unknown[]) => boolean; // of three forms
    stream.write = (chunk: unknown, ...rest: readonly unknown[]) =>
      write(typeof chunk === "string" ? cleaned(chunk) : chunk, ...rest);
  }
}
