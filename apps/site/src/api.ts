// Pages of the packages' types, by TypeDoc from the sources: nothing has to be built first, and nothing is kept.
import { globSync, readFileSync, writeFileSync } from "node:fs";
import { join, posix, relative } from "node:path";
import { Application, type TypeDocOptions } from "typedoc";
import type { PluginOptions } from "typedoc-plugin-markdown";
import { root, staged } from "./documents.ts";
import { anchorsOf } from "./slug.ts";

/** Names of the packages that are published, those that others need before the others: a type has its page where it comes from. */
function packagesInOrder(folder: string = root): readonly string[] {
  const needs = new Map(
    globSync("packages/@*/*/package.json", { cwd: folder })
      .toSorted()
      .map((file) => {
        const { name, dependencies = {} } = JSON.parse(readFileSync(join(folder, file), "utf8"));
        return [String(name), Object.keys(dependencies)] as const;
      }),
  );
  const ordered = new Set<string>();
  const add = (name: string): void => {
    for (const each of needs.get(name) ?? []) if (needs.has(each) && !ordered.has(each)) add(each);
    ordered.add(name);
  };
  for (const name of needs.keys()) add(name);
  return [...ordered];
}

/**
 * Writes a page for each package: `api/@bp/core.md` and so on.
 *
 * @param names - of the packages
 * @throws Error if TypeDoc cannot read the sources, or finds a mistake in what they say
 */
export async function writeApi(names: readonly string[] = packagesInOrder()): Promise<void> {
  const options: TypeDocOptions & PluginOptions = {
    plugin: ["typedoc-plugin-markdown"],
    tsconfig: join(import.meta.dirname, "../tsconfig.api.json"),
    entryPoints: names.map((name) => relative(process.cwd(), join(root, "packages", name, "src/index.ts"))),
    outputs: [{ name: "markdown", path: join(staged, "api") }],
    readme: "none",
    router: "module",
    excludeExternals: true,
    excludePrivate: true,
    disableSources: true,
    skipErrorChecking: true, // that is what the gate "types" is for
    hidePageHeader: true,
    hideBreadcrumbs: true,
    sanitizeComments: true,
    useCodeBlocks: true,
    parametersFormat: "table",
    interfacePropertiesFormat: "table",
    typeDeclarationFormat: "table",
    logLevel: "Error",
  };
  const app = await Application.bootstrapWithPlugins(options);
  const project = await app.convert();
  if (project === undefined || app.logger.hasErrors()) throw new Error("TypeDoc could not read the packages' sources");
  project.name = "API";
  for (const module of project.children ?? []) module.name = module.name.replace(/\/src$/, "");
  await app.generateOutputs(project);
  if (app.logger.hasErrors()) throw new Error("TypeDoc could not write the pages of the packages");
  mendAnchors(join(staged, "api"));
}

/** The plugin counts a name that is exported twice: a link to `#name-1` whose page has `#name` alone is led there. */
function mendAnchors(folder: string): void {
  const files = globSync("**/*.md", { cwd: folder });
  const texts = new Map(files.map((file) => [posix.normalize(file), readFileSync(join(folder, file), "utf8")]));
  const anchors = new Map([...texts].map(([file, text]) => [file, new Set(anchorsOf(text))]));
  for (const [file, text] of texts) {
    const mended = text.replaceAll(/\]\(([^()#\s]*)#([^()\s]+)-\d+\)/g, (whole, path: string, name: string) => {
      const there = anchors.get(path === "" ? file : posix.join(posix.dirname(file), path));
      const given = whole.slice(whole.indexOf("#") + 1, -1);
      return there?.has(name) === true && !there.has(given) ? `](${path}#${name})` : whole;
    });
    if (mended !== text) writeFileSync(join(folder, file), mended);
  }
}
