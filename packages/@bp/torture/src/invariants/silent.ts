// 12: no secret in anything that is written.
import type { Invariant } from "../scene.ts";

export const silent: Invariant = {
  number: 12,
  says: "no secret in any output",
  watch: ({ subject, process, broken }) => {
    const look = (where: string, text: string) => {
      for (const secret of subject.secrets)
        if (secret !== "" && text.includes(secret)) broken(`a secret stands in ${where}`);
    };
    for (const each of subject.said) look("what the run writes at its start", each);
    return {
      stepped: (_, commands, notes) => {
        if (subject.secrets.length === 0) return;
        for (const { why } of notes) look("a note", why);
        for (const command of commands) if ("slot" in command) look("a command", command.slot);
      },
      ended: () => {
        if (subject.secrets.length > 0) look("the journal", JSON.stringify(process.diary.entries));
      },
    };
  },
};
