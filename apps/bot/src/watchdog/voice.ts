// What a watchdog says aloud: by way of its bot while there is one, then where the bot's complaints went. It waits for nobody:
// a terminal that is stopped (Ctrl+S) or a pipe that is full must not stand before a cancel.
import { closeSync, write } from "node:fs";

/** Says lines. Nothing of it blocks or throws; what nobody takes is lost, and the log has it. */
export interface Voice {
  say(line: string): void;
  /** The bot hands nothing on any more. */
  alone(): void;
  /** Lets go of the bot's outlet after what has been said, so that whoever waits for its end does not wait for us. */
  fallSilent(): void;
}

/**
 * @param outlet - the descriptor that the bot's complaints go to; `undefined`: none. It may be one that blocks, so a thread that does
 *   nothing else writes to it, one line after the other
 */
export function createVoice(outlet: number | undefined): Voice {
  const lines: string[] = [];
  let isAlone = false;
  let isWriting = false;
  let isLast = false;
  let isClosed = false;
  const next = () => {
    if (isWriting || isClosed || outlet === undefined) return;
    const line = lines.shift();
    if (line !== undefined) {
      isWriting = true;
      write(outlet, `${line}\n`, () => {
        isWriting = false;
        next();
      });
    } else if (isLast) {
      isClosed = true;
      try {
        closeSync(outlet);
      } catch {
        // then it never was open
      }
    }
  };
  return {
    say: (line) => {
      if (!isAlone) return void process.stderr.write(`${line}\n`); // a pipe, which the bot reads when it can
      if (isLast) return;
      lines.push(line);
      next();
    },
    alone: () => {
      isAlone = true;
    },
    fallSilent: () => {
      isLast = true;
      next();
    },
  };
}
