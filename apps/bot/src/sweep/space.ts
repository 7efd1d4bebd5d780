// A file with a section `sweep`, read: the space, and the configuration without it.
import { type Space, spaceOf } from "@bp/backtest";
import { BpError } from "@bp/core";
import { invalid } from "../config/complaint.ts";
import { load } from "../config/format/load.ts";
import { checkDraws } from "./drawn.ts";
import { figureNames } from "./outcome.ts";
import { namesIn, type Tree, withValues } from "./tree.ts";

/** What it holds. */
export interface SweepFile {
  readonly space: Space;
  /** All of the file. */
  readonly tree: Tree;
  /** The section as it was used, for the record. */
  readonly section: Tree;
}

const overridden = ["search", "seed", "trials", "objective"] as const;

/**
 * Reads a file. Flags win over its section.
 *
 * @throws BpError `config/*` for a file without such a section, and for whatever is wrong in it
 */
export async function readSweepFile(file: string, flags: Tree): Promise<SweepFile> {
  const content = await load(file);
  const said = content.kind === "tree" ? content.tree["sweep"] : undefined;
  if (content.kind !== "tree" || typeof said !== "object" || said === null)
    throw new BpError("config/invalid", {
      path: `${file}: sweep`,
      found: "nothing",
      expected: "a section sweep with the values that are to be tried",
      hint: "docs/sweeps.md; a file of another format is made ours by bot import",
    });
  const { tree } = content;
  const section: Tree = {
    ...said,
    ...Object.fromEntries(
      overridden.flatMap((name) => (flags[name] === undefined ? [] : [[name, numeric(flags[name])]])),
    ),
  };
  const other = namesIn(tree, Object.keys(Object(section["values"])));
  const space = spaceOf(section, other, figureNames);
  const first = Object.fromEntries(space.dimensions.map((dimension) => [dimension.path, dimension.at(0)]));
  withValues(tree, first); // every path leads somewhere
  if (space.search === "random" && space.trials === undefined)
    throw invalid("sweep.trials", "nothing", "how many points are drawn", "--trials 200");
  await checkDraws(space, (constraint) => spaceOf({ ...section, constraints: [constraint] }, other));
  return { space, tree, section };
}

const numeric = (value: unknown) => (typeof value === "string" && /^\d+$/.test(value) ? Number(value) : value);
