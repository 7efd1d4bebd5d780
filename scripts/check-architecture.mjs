// Checks the rules of the house that no compiler knows: who may import whom, and what a pure package may name.
//
//   node scripts/check-architecture.mjs [root]
//
// A script of our own and not dependency-cruiser: half of the rules are about names (Date.now, process, fetch) and
// need scopes, which only a parser has; with the files parsed once for those, the arrows are a few lines more.
import { globSync, readFileSync } from "node:fs";
import { isBuiltin } from "node:module";
import { dirname, join, normalize, relative, sep } from "node:path";
import ts from "typescript";

/**
 * Every package: its floor, the packages of ours that it may import, and for a pure one the packages of others.
 * `impure` names the folder of a pure package that is allowed to touch the world.
 */
export const packages = {
  "@bp/core": { floor: 0, ours: [], outside: ["big.js"] },
  "@bp/signing": { floor: 1, ours: ["@bp/core"] },
  "@bp/transport": { floor: 1, ours: ["@bp/core"] },
  "@bp/journal": { floor: 1, ours: ["@bp/core"] },
  "@bp/strategies": { floor: 1, ours: ["@bp/core"], outside: ["zod"] },
  "@bp/risk": { floor: 1, ours: ["@bp/core"], outside: [] },
  "@bp/sim": { floor: 1, ours: ["@bp/core"], outside: [] },
  "@bp/report": { floor: 1, ours: ["@bp/core"], outside: [] },
  "@bp/engine": { floor: 2, ours: ["@bp/core", "@bp/risk"], outside: [], impure: "src/drive/" },
  "@bp/data": { floor: 1, ours: ["@bp/core"] },
  "@bp/backtest": { floor: 3, ours: ["@bp/core", "@bp/engine", "@bp/report", "@bp/sim"], outside: ["ml-direct"] },
  "@bp/torture": { floor: 3, ours: ["@bp/core", "@bp/engine", "@bp/report", "@bp/sim"], outside: [] },
  "@bp/adapter": { floor: 2, ours: ["@bp/core", "@bp/transport"] },
  "@bp/client": { floor: 3, ours: ["@bp/core", "@bp/adapter", "@bp/signing", "@bp/transport"] },
  "@aster/client": { floor: 3, ours: ["@bp/core", "@bp/adapter", "@bp/signing", "@bp/transport"] },
  "@bp/sandbox": {
    floor: 4,
    ours: "@bp/core @bp/data @bp/sim @bp/signing @bp/transport @bp/adapter @bp/client @aster/client".split(" "),
  },
  dashboard: { floor: 4, ours: [] },
  site: { floor: 5, ours: [] },
  bot: { floor: 5, ours: "every" },
  interop: { floor: 5, ours: "every" },
  bench: { floor: 5, ours: "every" },
};

// Clocks, timers, dice, networks and the process; and the names through which one could reach them.
const forbidden = new Set([
  ..."performance setTimeout setInterval setImmediate requestAnimationFrame".split(" "),
  ..."crypto fetch WebSocket EventSource XMLHttpRequest process require Buffer".split(" "),
  ..."globalThis global window self".split(" "),
]);

const isTest = (file) => file.endsWith(".test.ts") || file.includes("/test/");
/** Folder of `node_modules` that a specifier starts with: `@a/b/c` -> `@a/b`. */
const packageOf = (specifier) => /^(@[^/]+\/)?[^/]+/.exec(specifier)?.[0] ?? specifier;

/**
 * @param root - folder with `packages/`, `apps/` and `bench/`
 * @returns every violation, sorted: the rule that was broken, the file (from the root), the line and a sentence
 */
export function checkArchitecture(root, table = packages) {
  const violations = [];
  const members = readMembers(root);
  const files = members.flatMap((member) => member.files);
  const parsed = parse(root, files);
  const arrows = new Map();

  for (const member of members) {
    const report = (rule, file, line, text) => violations.push({ rule, file, line, text });
    const own = Object.hasOwn(table, member.name) ? table[member.name] : undefined;
    if (own === undefined) {
      report("unknown", `${member.folder}/package.json`, 1, `${member.name} has no floor: add it to ${tableName}`);
      continue;
    }
    checkManifest(member, own, table, report);
    for (const file of member.files) {
      const inner = file.slice(member.folder.length + 1);
      const pure = own.outside !== undefined && !isTest(file) && !(own.impure && inner.startsWith(own.impure));
      const source = parsed.program.getSourceFile(join(root, file));
      const place = (node) => source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1;
      const say = (rule, node, text) => report(rule, file, place(node), text);
      const near = [];
      for (const { specifier, node } of importsOf(source)) {
        if (specifier === undefined) {
          if (pure) say("pure-module", node, "imports a module whose name is not known before it runs");
        } else if (specifier.startsWith(".")) {
          const target = normalize(join(dirname(file), specifier))
            .split(sep)
            .join("/");
          if (!target.startsWith(`${member.folder}/`)) say("escape", node, `${specifier} leaves the package`);
          near.push({ target, line: place(node) });
          if (/(^|\/)client$/.test(member.name) && /^src\/(rest|streams)\//.test(inner)) {
            if (target === `${member.folder}/src/venue` || target.startsWith(`${member.folder}/src/venue/`))
              say("venue-below", node, `rest/ and streams/ stand below venue/ and must not import ${specifier}`);
          }
        } else checkPackageImport({ specifier, node, file, pure, member, own, table, members, say });
      }
      arrows.set(file, near);
      if (pure) for (const { node, name } of worldly(source, parsed.checker)) say("pure-name", node, `names ${name}`);
    }
  }
  for (const ring of rings(arrows)) {
    const { line } = arrows.get(ring[0]).find(({ target }) => target === (ring[1] ?? ring[0])) ?? { line: 1 };
    violations.push({ rule: "ring", file: ring[0], line, text: `files in a ring: ${[...ring, ring[0]].join(" -> ")}` });
  }
  return violations.toSorted((a, b) => `${a.file}:${a.rule}`.localeCompare(`${b.file}:${b.rule}`) || a.line - b.line);
}

const tableName = "the table in scripts/check-architecture.mjs";

function readMembers(root) {
  return globSync(["packages/@*/*/package.json", "apps/*/package.json", "bench/package.json"], { cwd: root })
    .map((file) => file.split(sep).join("/"))
    .toSorted()
    .map((file) => {
      const folder = dirname(file);
      const manifest = JSON.parse(readFileSync(join(root, file), "utf8"));
      const files = globSync("{src,test}/**/*.{ts,tsx,mts,cts}", { cwd: join(root, folder) })
        .map((name) => `${folder}/${name.split(sep).join("/")}`)
        .toSorted();
      return { name: manifest.name, folder, manifest, files };
    });
}

/** The compiler's own parser and scopes, with no library and no module loaded: a name that is not declared is global. */
function parse(root, files) {
  const options = { noLib: true, noResolve: true, types: [], moduleDetection: ts.ModuleDetectionKind.Force };
  options.target = ts.ScriptTarget.ESNext;
  options.allowImportingTsExtensions = true;
  options.noEmit = true;
  const host = ts.createCompilerHost(options, true);
  const program = ts.createProgram(
    files.map((file) => join(root, file)),
    options,
    host,
  );
  return { program, checker: program.getTypeChecker() };
}

function importsOf(source) {
  const found = [];
  const add = (node, literal) =>
    found.push({ node, specifier: literal && ts.isStringLiteralLike(literal) ? literal.text : undefined });
  const visit = (node) => {
    if ((ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) && node.moduleSpecifier)
      add(node, node.moduleSpecifier);
    else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword)
      add(node, node.arguments[0]);
    else if (ts.isImportTypeNode(node)) add(node, node.argument.literal);
    else if (ts.isExternalModuleReference(node)) add(node, node.expression);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

/** Why the first package must not import the second, or undefined when the arrow is in the table. */
function refusal(from, to, table) {
  const own = table[from];
  const other = Object.hasOwn(table, to) ? table[to] : undefined;
  if (other === undefined) return { rule: "unknown", text: `${to} has no floor: add it to ${tableName}` };
  if (from === to) return { rule: "self", text: `${from} imports itself by name` };
  if (other.floor > own.floor)
    return { rule: "arrow-up", text: `${from} (floor ${own.floor}) needs ${to} (floor ${other.floor})` };
  if (other.floor === own.floor)
    return { rule: "arrow-level", text: `${from} and ${to} are both on floor ${own.floor}` };
  if (own.ours !== "every" && !own.ours.includes(to))
    return { rule: "arrow-unlisted", text: `${from} -> ${to} is not in ${tableName}` };
  return undefined;
}

function checkManifest(member, own, table, report) {
  const file = `${member.folder}/package.json`;
  const { dependencies, peerDependencies, optionalDependencies, devDependencies } = member.manifest;
  const isOurs = (name) => Object.hasOwn(table, name) || /^@(bp|aster)\//.test(name);
  for (const name of Object.keys({ ...dependencies, ...peerDependencies, ...optionalDependencies }).filter(isOurs)) {
    const no = refusal(member.name, name, table);
    if (no !== undefined) report(no.rule, file, 1, no.text);
  }
  // What only the tests need may come from the same floor, never from above.
  for (const name of Object.keys(devDependencies ?? {}).filter(isOurs)) {
    const no = refusal(member.name, name, table);
    if (no?.rule === "arrow-up" || no?.rule === "unknown") report(no.rule, file, 1, no.text);
  }
  if (own.outside === undefined) return;
  for (const name of Object.keys(dependencies ?? {}))
    if (!isOurs(name) && !own.outside.includes(name.replace(/^@types\//, "")))
      report("pure-module", file, 1, `${member.name} is pure and must not depend on ${name}`);
}

function checkPackageImport({ specifier, node, file, pure, member, own, table, members, say }) {
  const name = packageOf(specifier);
  const target = members.find((other) => other.name === name);
  if (target === undefined && !Object.hasOwn(table, name) && !/^@(bp|aster)\//.test(name)) {
    if (!pure) return;
    if (isBuiltin(specifier)) say("pure-module", node, `imports the Node module ${specifier}`);
    else if (!own.outside.includes(name)) say("pure-module", node, `imports ${name}, which is not in ${tableName}`);
    return;
  }
  const no = refusal(member.name, name, table);
  const listed = Object.hasOwn(member.manifest.devDependencies ?? {}, name);
  const allowedInTest = isTest(file) && listed && no?.rule !== "arrow-up" && no?.rule !== "unknown";
  if (no !== undefined && !allowedInTest) say(no.rule, node, no.text);
  const entry = `.${specifier.slice(name.length)}`;
  if (target !== undefined && entry !== "." && !isExported(target.manifest.exports ?? {}, entry))
    say("deep", node, `${specifier} is not an export of ${name}`);
}

/** Whether an entry is among the exports, by its name or by a pattern with one `*`. */
function isExported(exports, entry) {
  return Object.keys(exports).some((each) => {
    const [before, after] = each.split("*");
    if (after === undefined) return each === entry;
    return entry.length > before.length + after.length && entry.startsWith(before) && entry.endsWith(after);
  });
}

/** Global names in value positions that reach a clock, a timer, dice, a network or the process. */
function worldly(source, checker) {
  const found = [];
  const visit = (node) => {
    if (ts.isTypeNode(node) && !ts.isExpressionWithTypeArguments(node)) return;
    if (ts.isIdentifier(node) && isReference(node) && isGlobal(node, checker)) {
      const name = worldlyName(node);
      if (name !== undefined) found.push({ node, name });
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

function worldlyName(node) {
  const { parent } = node;
  const member = ts.isPropertyAccessExpression(parent) && parent.expression === node ? parent.name.text : undefined;
  if (node.text === "Math") return member !== undefined && member !== "random" ? undefined : `Math.${member ?? "*"}`;
  if (node.text === "Date") {
    if (member === "UTC" || member === "parse") return undefined;
    if (ts.isNewExpression(parent) && parent.expression === node)
      return (parent.arguments?.length ?? 0) > 0 ? undefined : "new Date()";
    if (ts.isBinaryExpression(parent) && parent.operatorToken.kind === ts.SyntaxKind.InstanceOfKeyword)
      return undefined;
    return member === undefined ? "Date" : `Date.${member}`;
  }
  return forbidden.has(node.text) ? node.text : undefined;
}

/** Whether an identifier stands for a value, and is not the name of a member, a label or a declaration. */
function isReference(node) {
  const { parent } = node;
  if (ts.isShorthandPropertyAssignment(parent)) return true;
  if (parent.name === node || parent.propertyName === node || parent.label === node) return false;
  return !ts.isImportClause(parent) && !ts.isNamespaceExport(parent) && !ts.isQualifiedName(parent);
}

function isGlobal(node, checker) {
  const symbol = ts.isShorthandPropertyAssignment(node.parent)
    ? checker.getShorthandAssignmentValueSymbol(node.parent)
    : checker.getSymbolAtLocation(node);
  // `declare const process: …` only says that a global is there.
  return (symbol?.declarations ?? []).every(
    (declaration) => declaration.flags & ts.NodeFlags.Ambient || ambient(declaration),
  );
}

function ambient(declaration) {
  for (let node = declaration; node !== undefined; node = node.parent)
    if (ts.canHaveModifiers(node) && ts.getModifiers(node)?.some((m) => m.kind === ts.SyntaxKind.DeclareKeyword))
      return true;
  return false;
}

/** One ring of files for each group that can reach itself (Tarjan), the shortest through its first file. */
function rings(arrows) {
  const targets = new Map(
    [...arrows].map(([file, near]) => [file, near.map(({ target }) => target).filter((target) => arrows.has(target))]),
  );
  const index = new Map();
  const low = new Map();
  const stack = [];
  const groups = [];
  const visit = (file) => {
    index.set(file, index.size);
    low.set(file, index.get(file));
    stack.push(file);
    for (const next of targets.get(file)) {
      if (!index.has(next)) visit(next);
      if (stack.includes(next)) low.set(file, Math.min(low.get(file), low.get(next)));
    }
    if (low.get(file) !== index.get(file)) return;
    const group = stack.splice(stack.indexOf(file));
    if (group.length > 1 || targets.get(file).includes(file)) groups.push(group.toSorted((a, b) => a.localeCompare(b)));
  };
  for (const file of targets.keys()) if (!index.has(file)) visit(file);
  return groups.map((group) => shortestRing(group, targets));
}

function shortestRing([start, ...others], targets) {
  const inside = new Set([start, ...others]);
  const paths = [[start]];
  const seen = new Set();
  for (const path of paths)
    for (const next of targets.get(path.at(-1)).filter((file) => inside.has(file))) {
      if (next === start) return path;
      if (!seen.has(next)) paths.push([...path, next]);
      seen.add(next);
    }
  return [start];
}

if (import.meta.main) {
  const here = dirname(import.meta.dirname);
  const root = process.argv[2] ?? here;
  const violations = checkArchitecture(root);
  for (const { rule, file, line, text } of violations)
    console.error(`${relative(".", join(root, file))}:${line}  ${rule}: ${text}`);
  console.log(violations.length === 0 ? "architecture: every rule holds" : `architecture: ${violations.length} broken`);
  process.exitCode = violations.length === 0 ? 0 : 1;
}
