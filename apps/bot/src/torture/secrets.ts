// Looks for secrets in everything that was written, in all the ways in which a careless program could write them down.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** Knows some secrets, and finds them again. */
export interface SecretSearch {
  /** Names of those that a text shows, in any form. Bytes are read as Latin-1. */
  readonly leaksIn: (text: string) => readonly string[];
  /** Those that files of a folder show, or their names: `NAME in FILE`. @param but - files that the person wrote */
  readonly leaksUnder: (folder: string, but?: ReadonlySet<string>) => readonly string[];
}

/** Enough of a form to know it by: its beginning and its end, for one of them is often cut. */
const known = 14;

/** @param secrets - by what they are, 14 characters or more each */
export function secretSearch(secrets: Readonly<Record<string, string>>): SecretSearch {
  const marks = new Map(Object.entries(secrets).map(([name, secret]) => [name, marksOf(secret)]));
  const leaksIn = (text: string) => {
    const low = text.toLowerCase();
    return [...marks].filter(([, forms]) => [...forms].some((form) => low.includes(form))).map(([name]) => name);
  };
  return {
    leaksIn,
    leaksUnder: (folder, but) =>
      readdirSync(folder, { recursive: true, withFileTypes: true }).flatMap((entry) => {
        const path = join(entry.parentPath, entry.name);
        if (!entry.isFile() || but?.has(path) === true) return [];
        return [...leaksIn(bytesOf(path)), ...leaksIn(path)].map((name) => `${name} in ${entry.name}`);
      }),
  };
}

/** Every form of a secret, cut to what it is known by, in lower case. */
function marksOf(secret: string): ReadonlySet<string> {
  const bare = secret.replace(/^0x/, "");
  const bytes = [Buffer.from(secret, "utf8")];
  if (/^[\da-f]{64}$/i.test(bare)) bytes.push(Buffer.from(bare, "hex"));
  if (/^[A-Za-z\d+/]{43}=$/.test(bare)) bytes.push(Buffer.from(bare, "base64"));
  const forms = [bare, encodeURIComponent(bare), JSON.stringify(bare).slice(1, -1), bare.replaceAll("/", "\\/")];
  for (const each of bytes) {
    forms.push(each.toString("hex"), each.toString("base64url"), each.toString("base64"), each.toString("latin1"));
    forms.push([...each].join(","), [...each].join(", ")); // an array, a printed Uint8Array
  }
  return new Set(
    forms
      .flatMap((form) => [form.slice(0, known), form.slice(-known).replace(/=+$/, "")])
      .map((each) => each.toLowerCase()),
  );
}

/** What a file holds; nothing where it is gone meanwhile, as temporary ones of SQLite are. */
function bytesOf(path: string): string {
  try {
    return readFileSync(path, "latin1");
  } catch {
    return "";
  }
}
