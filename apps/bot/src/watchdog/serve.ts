// The watchdog's own door: a socket of this user alone, through which any shell can ask for the kill without having the keys.
import { chmodSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { checkSocketFolder } from "../bots/socket.ts";

/** An open door. */
export interface KillServer {
  close(): Promise<void>;
}

/**
 * Serves. The only word is `kill`; two at once are two sweeps over the same orders, and harmless.
 *
 * @returns `undefined` where the system gives no socket, or only one in a folder that is not ours alone: the bot finds the kill's mark
 *   all the same
 */
export async function serveKills(
  path: string,
  kill: (tell: (answer: readonly object[]) => void) => Promise<void>,
): Promise<KillServer | undefined> {
  const server = createServer((socket) => {
    let text = "";
    socket.on("error", () => undefined); // whoever asked has gone away
    socket.setEncoding("utf8").on("data", (piece: string) => {
      text += piece;
      if (text.length > 100) return void socket.destroy();
      if (!text.includes("\n")) return;
      const word = text.trim();
      text = "";
      if (word !== "kill") return void socket.destroy();
      kill((told) => void socket.end(`${JSON.stringify(told)}\n`)).catch(() => void socket.destroy());
    });
  });
  try {
    checkSocketFolder(path);
    if (process.platform !== "win32") rmSync(path, { force: true });
    await new Promise<void>((resolve, reject) => {
      server.once("error", reject);
      server.listen(path, resolve);
    });
    if (process.platform !== "win32") chmodSync(path, 0o600); // its folder is this user's alone before that
  } catch {
    return undefined;
  }
  return {
    close: async () => {
      server.close();
      if (process.platform !== "win32") rmSync(path, { force: true });
    },
  };
}
