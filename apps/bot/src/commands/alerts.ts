// `bot alerts`: which channels are set up; `--test` tells each of them something.

import { deliver } from "../alerts/deliver.ts";
import { createPost } from "../alerts/post.ts";
import { alertSettings } from "../alerts/settings.ts";
import { type ExitCode, exit } from "../exit.ts";

/**
 * Shows the channels by name, never an address; with `--test` sends each a message and says what came of it.
 *
 * @throws BpError `config/invalid` for a variable that cannot be
 */
export async function alerts(flags: Readonly<Record<string, unknown>>): Promise<ExitCode> {
  const { channels, commands, proxyOf } = alertSettings();
  const post = createPost(proxyOf);
  const isTest = flags["test"] === true;
  const never = new AbortController().signal;
  const sender = { account: "bot alerts --test", run: "" };
  const alert = { kind: "run", topic: "test", text: "alerts come here", at: Date.now() } as const;
  const results = await Promise.all(
    channels.map(async (channel) => ({
      channel: channel.name,
      ...(isTest ? { test: await deliver({ post, channel, sender }, alert, never) } : {}),
    })),
  );
  await post.close();
  const failed = results.some(({ test }) => test !== undefined && test.kind !== "done");
  if (flags["json"] === true)
    process.stdout.write(`${JSON.stringify({ type: "alerts", channels: results, commands: commands?.chats ?? [] })}\n`);
  else process.stdout.write(textOf(results, commands?.chats));
  return failed ? exit.failed : exit.done;
}

function textOf(
  results: readonly { readonly channel: string; readonly test?: Awaited<ReturnType<typeof deliver>> }[],
  chats: readonly string[] | undefined,
): string {
  if (results.length === 0) return "no channel is set up: see docs/alerts.md\n";
  const lines = results.map(({ channel, test }) =>
    test === undefined ? channel : `${channel}: ${test.kind === "done" ? "told" : `not told, ${test.why}`}`,
  );
  const commands = chats === undefined ? "no commands are taken" : `commands are taken from chats ${chats.join(", ")}`;
  return `${[...lines, commands].join("\n")}\n`;
}
