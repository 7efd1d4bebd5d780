// The public types of a package as one text that changes when they do, made from the d.ts files that are shipped.
import { existsSync, globSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CompilerState, Extractor, ExtractorConfig, ExtractorLogLevel } from "@microsoft/api-extractor";

const none = { default: { logLevel: ExtractorLogLevel.None } };

/**
 * What can be imported from a package, and the d.ts file of each: `exports` with their patterns filled in.
 *
 * @param {string} folder - of the package
 * @param {Record<string, any>} exports - of its manifest
 * @returns {{ entry: string, file: string }[]} `.` first, then by name
 */
export function entriesOf(folder, exports) {
  const found = Object.entries(exports).flatMap(([entry, ways]) => {
    const types = ways.import?.types ?? ways.types;
    if (types === undefined) return []; // package.json
    if (!types.includes("*")) return [{ entry, file: join(folder, types) }];
    const [before, after] = types.split("*");
    return globSync(`${before}**${after}`, { cwd: folder }).map((file) => {
      const path = `./${file.replaceAll("\\", "/")}`;
      return {
        entry: entry.replace("*", path.slice(before.length, path.length - after.length)),
        file: join(folder, file),
      };
    });
  });
  return found.toSorted((a, b) => (a.entry === "." ? -1 : b.entry === "." ? 1 : a.entry < b.entry ? -1 : 1));
}

/**
 * The report of a package: every declaration of its first entry, and of the others what is not the same there. Types that are
 * only reached through others are in it too: a change of theirs is a change of what is public.
 *
 * @param {string} folder - of the package, built
 * @throws Error if its d.ts files are missing
 */
export function reportOf(folder) {
  const { name, exports } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const entries = entriesOf(folder, exports);
  const missing = entries.find(({ file }) => !existsSync(file));
  if (missing !== undefined || entries.length === 0)
    throw new Error(`${name}: ${missing?.file ?? "no d.ts file"} is not there: build it first`);
  const work = mkdtempSync(join(tmpdir(), "bp-api-"));
  try {
    const configs = entries.map(({ file }, at) =>
      configOf({ folder, file, work, files: entries.map((e) => e.file), at }),
    );
    const compilerState = CompilerState.create(configs[0], {
      additionalEntryPoints: entries.slice(1).map((e) => e.file),
    });
    const blocks = configs.map((config) => {
      Extractor.invoke(config, {
        localBuild: true,
        compilerState,
        messageCallback: (message) => {
          message.handled = message.logLevel !== ExtractorLogLevel.Error;
        },
      });
      return blocksOf(readFileSync(config.reportFilePath, "utf8"));
    });
    return textOf(name, entries, blocks);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

function configOf({ folder, file, work, files, at }) {
  return ExtractorConfig.prepare({
    configObject: {
      projectFolder: folder,
      mainEntryPointFilePath: file,
      newlineKind: "lf",
      compiler: {
        overrideTsconfig: {
          compilerOptions: {
            target: "es2023",
            lib: ["es2023", "dom"],
            module: "nodenext",
            moduleResolution: "nodenext",
            types: [],
            skipLibCheck: true,
            strict: true,
          },
          files,
        },
      },
      apiReport: {
        enabled: true,
        includeForgottenExports: true,
        reportFolder: work,
        reportTempFolder: join(work, "temp"),
        reportFileName: `entry-${at}`,
      },
      docModel: { enabled: false },
      dtsRollup: { enabled: false },
      tsdocMetadata: { enabled: false },
      messages: {
        extractorMessageReporting: none,
        compilerMessageReporting: none,
        tsdocMessageReporting: none,
      },
    },
    configObjectFullPath: join(folder, "api-extractor.json"), // there is none; paths are told from here
    packageJsonFullPath: join(folder, "package.json"),
  });
}

const literal = String.raw`(?:"[^"\n]*"|-?\b\d+\b|\b(?:true|false|null|undefined)\b)`;
/** The compiler writes what an inferred type may be, and what it has, in the order in which it met them: another in another build. */
const union = new RegExp(String.raw`(?<![\w.])${literal}(?: \| ${literal})+(?![\w.\[<])`, "g");
const properties = /(?:^ +(?:readonly )?["\w$]+\??: [^\n]*;\n){2,}/gm;

/** The imports and declarations of a report of API Extractor. What it says of docstrings is left out: they change no type. */
function blocksOf(report) {
  const code = /```ts\n([\s\S]*?)\n```/.exec(report)?.[1] ?? "";
  return code
    .replace(/ \(undocumented\)$/gm, "")
    .replace(/^ *\/\/ (\(undocumented\)|@public)\n/gm, "")
    .replace(union, (members) => members.split(" | ").toSorted().join(" | "))
    .replace(properties, (lines) => `${lines.trimEnd().split("\n").toSorted().join("\n")}\n`)
    .split("\n\n")
    .map((block) => block.trim())
    .filter((block) => block !== "" && !block.startsWith("// (No @packageDocumentation"));
}

const isImport = (block) => block.startsWith("import ");
const isExported = (block) => /^export /m.test(block);
/** A declaration, whether the entry exports it or only reaches it. */
const bare = (block) => block.replace(/^export (?!\{)/m, "");
const nameOf = (block) =>
  /^export (?:declare )?(?:abstract )?(?:const|let|var|function|class|interface|type|enum|namespace) ([\w$]+)/m.exec(
    block,
  )?.[1] ?? /^export \{ (?:type )?(.+) \}/m.exec(block)?.[1];

function textOf(name, entries, blocks) {
  const [first = [], ...others] = blocks;
  const known = new Set(first.map(bare));
  const lines = [
    `# Public types of ${name}`,
    "",
    "Written by `node scripts/api-reports.mjs --write`, from what the package ships. A change here needs a changeset.",
    "",
    "```ts",
    first.join("\n\n"),
    "```",
  ];
  for (const [at, all] of others.entries()) {
    const own = all.filter((block) => !isImport(block));
    const same = own.filter((block) => known.has(bare(block)) && isExported(block));
    const more = own.filter((block) => !known.has(bare(block)));
    for (const block of own) known.add(bare(block));
    lines.push("", `## ${name}${entries[at + 1].entry.slice(1)}`);
    if (same.length > 0) lines.push("", `Exports, declared as above: ${[...new Set(same.map(nameOf))].join(", ")}`);
    if (more.length > 0) lines.push("", "```ts", more.join("\n\n"), "```");
  }
  return `${lines.join("\n")}\n`;
}
