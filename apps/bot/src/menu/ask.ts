// Questions of the menu, over prompts from a library; every one can be left with Esc or Ctrl+C.
import type { Readable, Writable } from "node:stream";
import { confirm, select, text } from "@clack/prompts";

/** Where the menu is shown and answered. */
export interface Screen {
  readonly input?: Readable | undefined;
  readonly output?: Writable | undefined;
}

/** Asks; `undefined` means that the person went back. */
export interface Ask {
  choose(
    message: string,
    options: readonly { value: string; label: string; hint?: string; disabled?: boolean }[],
  ): Promise<string | undefined>;
  /** @param check - what is wrong with an answer, `undefined` when nothing is */
  text(message: string, initial: string, check?: (value: string) => string | undefined): Promise<string | undefined>;
  yes(message: string, initial: boolean): Promise<boolean | undefined>;
}

/** Prompts on a screen; the process's own by default. */
export function askOn({ input, output }: Screen): Ask {
  const on = { ...(input === undefined ? {} : { input }), ...(output === undefined ? {} : { output }) };
  // The library answers with a symbol when it was left.
  const words = (answer: string | symbol) => (typeof answer === "string" ? answer : undefined);
  return {
    choose: async (message, options) => words(await select({ ...on, message, options: [...options] })),
    text: async (message, initial, check) =>
      words(
        await text({
          ...on,
          message,
          initialValue: initial,
          ...(check === undefined ? {} : { validate: (value) => check(value ?? "") }),
        }),
      ),
    yes: async (message, initial) => {
      const answer = await confirm({ ...on, message, initialValue: initial });
      return typeof answer === "boolean" ? answer : undefined;
    },
  };
}
