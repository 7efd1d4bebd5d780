// Checks that every public export has a docstring: whatever leaves a package through its index.ts.
//
//   node scripts/check-docs.mjs [root]
//
// Interfaces and types need one of their own; the members of an interface are the author's judgement.
import { globSync } from "node:fs";
import { dirname, join, relative, sep } from "node:path";
import ts from "typescript";

/**
 * @param root - folder with `packages/`
 * @returns how many public exports there are, and those without a docstring: file (from the root), line and name, sorted
 */
export function checkDocs(root) {
  const entries = globSync("packages/@*/*/src/index.ts", { cwd: root }).map((file) => join(root, file));
  const program = ts.createProgram(entries, {
    target: ts.ScriptTarget.ES2023,
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    customConditions: ["@bp/source"],
    allowImportingTsExtensions: true,
    noEmit: true,
    skipLibCheck: true,
    types: [],
  });
  const checker = program.getTypeChecker();
  const missing = [];
  let count = 0;
  for (const entry of entries) {
    const file = program.getSourceFile(entry);
    const symbol = file === undefined ? undefined : checker.getSymbolAtLocation(file);
    if (symbol === undefined) continue; // exports nothing
    for (const exported of checker.getExportsOfModule(symbol)) {
      const real = exported.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(exported) : exported;
      const [declaration] = real.declarations ?? [];
      const source = declaration?.getSourceFile();
      if (source === undefined || program.isSourceFileFromExternalLibrary(source)) continue; // somebody else's, passed on
      count += 1;
      if (real.declarations.some(isDocumented)) continue;
      missing.push({
        file: relative(root, source.fileName).split(sep).join("/"),
        line: source.getLineAndCharacterOfPosition(declaration.getStart()).line + 1,
        name: exported.name,
      });
    }
  }
  missing.sort((a, b) => a.file.localeCompare(b.file) || a.line - b.line);
  return { count, missing };
}

/** Whether a declaration, or the statement that holds it, has a docstring that begins with words: tags alone say nothing. */
function isDocumented(node) {
  for (let at = node; at !== undefined && !ts.isSourceFile(at); at = at.parent)
    for (const each of ts.getJSDocCommentsAndTags(at))
      if (ts.isJSDoc(each) && (ts.getTextOfJSDocComment(each.comment) ?? "").trim() !== "") return true;
  return false;
}

if (import.meta.main) {
  const root = process.argv[2] ?? dirname(import.meta.dirname);
  const { count, missing } = checkDocs(root);
  for (const { file, line, name } of missing) console.error(`${file}:${line} ${name} has no docstring`);
  console.log(`docs: ${count - missing.length} of ${count} public exports have a docstring`);
  process.exitCode = missing.length === 0 && count > 0 ? 0 : 1;
}
