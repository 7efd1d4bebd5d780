// 11: recovery does the same each time.
import type { Invariant } from "../scene.ts";

export const recovered: Invariant = {
  number: 11,
  says: "recovery is idempotent",
  watch: ({ broken }) => ({
    started: (different) => {
      if (different !== undefined) broken(different);
    },
  }),
};
