// A Dockerfile as its instructions, and what a .dockerignore leaves of a tree: as much of both as ours use.

/** One instruction, its continued lines joined. */
export interface Instruction {
  readonly word: string;
  readonly rest: string;
}

/** The stages of a Dockerfile; what comes before the first `FROM` is left out. */
export function stagesOf(text: string): readonly (readonly Instruction[])[] {
  const stages: Instruction[][] = [];
  const lines = text
    .replaceAll(/^#.*\n/gm, "")
    .replaceAll(/\\\n\s*/g, " ")
    .split("\n");
  for (const line of lines) {
    const [, word = "", rest = ""] = /^([A-Z]+) (.*)$/.exec(line) ?? [];
    if (word === "FROM") stages.push([]);
    if (word !== "") stages.at(-1)?.push({ word, rest });
  }
  return stages;
}

/** What the instructions with this word say. */
export const said = (stage: readonly Instruction[], word: string): readonly string[] =>
  stage.filter((each) => each.word === word).map(({ rest }) => rest);

/** What `COPY` takes from outside of the image, and where it puts it. */
export const copies = (stage: readonly Instruction[]) =>
  said(stage, "COPY")
    .filter((rest) => !rest.includes("--from="))
    .map((rest) => {
      const words = rest.split(" ");
      return { from: words.slice(0, -1), to: words.at(-1) ?? "" };
    });

/**
 * Whether a path is left out, as Docker decides it: the last pattern that fits the path or a folder above it counts.
 *
 * @param path - from the root of the context, with `/`
 */
export function isIgnored(ignore: string, path: string): boolean {
  const parts = path.split("/");
  const above = parts.map((_, at) => parts.slice(0, at + 1).join("/"));
  let ignored = false;
  for (const line of ignore.split("\n")) {
    if (line === "" || line.startsWith("#")) continue;
    const pattern = patternOf(line.replace(/^!/, ""));
    if (above.some((each) => pattern.test(each))) ignored = !line.startsWith("!");
  }
  return ignored;
}

const patternOf = (glob: string) =>
  new RegExp(
    `^${glob
      .replaceAll(/[.+^${}()|[\]\\]/g, String.raw`\$&`)
      .replaceAll(/\*\*\/|\*/g, (stars) => (stars === "*" ? "[^/]*" : "(?:.*/)?"))}$`,
  );
