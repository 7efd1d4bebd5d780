// Where secrets are kept until the last moment, and how they are fetched then.
import { execFileSync } from "node:child_process";
import { readFileSync, statSync } from "node:fs";
import { BpError } from "@bp/core";
import { Secret } from "@bp/signing";
import { fromHere } from "../paths.ts";
import type { AccountConfig, SecretRef } from "./botConfig.ts";
import { invalid } from "./complaint.ts";

type Environment = Readonly<Record<string, string | undefined>>;

/** Secrets that stood in a file or a flag of the person's, by where: outside of the configuration, so that it can be shown. */
const vault = new Map<string, Secret>();

/** Puts a secret away that was given in clear. @param name - where it stood, for complaints */
export function keep(name: string, text: string): SecretRef {
  vault.set(name, Secret.of(text));
  return { given: name };
}

/** A proxy as an account keeps it: out of sight if it holds a password. @param name - where it stood */
export function proxyFrom(name: string, url: string): Pick<AccountConfig, "proxy" | "proxySecret"> {
  return url.includes("@") ? { proxySecret: keep(name, url) } : { proxy: url };
}

/** Where a secret is, for a person. */
export function placeOf(ref: SecretRef): string {
  if ("env" in ref) return ref.env;
  if ("file" in ref) return ref.file;
  return "keyring" in ref ? `keyring entry ${ref.keyring}` : ref.given;
}

/**
 * The secret itself. Call it where it is used, and keep the answer nowhere.
 *
 * @throws BpError `config/invalid` when it is not there or others can read its file, `config/unreadable` for a file that cannot
 *   be read; neither shows any of it
 */
export function secretOf(ref: SecretRef, environment: Environment = process.env): Secret {
  if ("env" in ref) {
    const text = environment[ref.env]?.trim() ?? "";
    if (text === "") throw invalid(ref.env, "nothing", "a key in the environment", `export ${ref.env}=…`);
    return Secret.of(text);
  }
  if ("file" in ref) return Secret.of(fileText(ref.file));
  if ("keyring" in ref) return Secret.of(keyringText(ref.keyring));
  const kept = vault.get(ref.given);
  if (kept === undefined) throw invalid(ref.given, "nothing", "a key");
  return kept;
}

/** The proxy of an account with its password, if it has one. */
export function proxyOf(account: AccountConfig, environment: Environment = process.env): string | undefined {
  return account.proxySecret === undefined ? account.proxy : secretOf(account.proxySecret, environment).reveal();
}

function fileText(file: string): string {
  const path = fromHere(file);
  let text: string;
  try {
    const { mode } = statSync(path);
    if (process.platform !== "win32" && (mode & 0o077) !== 0)
      throw invalid(file, "a secret file that others can read", "one for its owner alone", `chmod 600 ${file}`);
    text = readFileSync(path, "utf8").trim();
  } catch (error) {
    if (error instanceof BpError) throw error;
    throw new BpError("config/unreadable", { file, why: codeIn(error) });
  }
  if (text === "") throw invalid(file, "an empty file", "one line with the secret");
  return text;
}

/** The system's own tool: Secret Service on Linux, the login keychain on macOS. */
function keyringText(entry: string): string {
  const mac = process.platform === "darwin";
  const tool = mac ? "security" : "secret-tool";
  const ask = mac
    ? ["find-generic-password", "-s", "bp-bot", "-a", entry, "-w"]
    : ["lookup", "service", "bp-bot", "account", entry];
  const put = mac
    ? `security add-generic-password -s bp-bot -a ${entry} -w`
    : `secret-tool store --label=bp-bot service bp-bot account ${entry}`;
  let text = "";
  try {
    text = execFileSync(tool, ask, {
      encoding: "utf8",
      timeout: 60_000,
      stdio: ["ignore", "pipe", "ignore"],
      env: forKeyring(process.env),
    }).trim();
  } catch (error) {
    if (codeIn(error) === "ENOENT")
      throw invalid(
        `keyring entry ${entry}`,
        `no ${tool} on this system`,
        "a keyring",
        "use { env: … } or { file: … }",
      );
  }
  if (text === "") throw invalid(`keyring entry ${entry}`, "nothing", "a secret in the keyring", put);
  return text;
}

/** What a keyring's tool needs of the environment: the way to the session, and none of our keys. */
function forKeyring(environment: Environment): NodeJS.ProcessEnv {
  const needed = /^(PATH|HOME|USER|LOGNAME|DISPLAY|WAYLAND_DISPLAY|XAUTHORITY|DBUS_\w+|XDG_\w+|LANG|LC_\w+)$/;
  return Object.fromEntries(Object.entries(environment).filter(([name]) => needed.test(name)));
}

const codeIn = (error: unknown) =>
  error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : "it cannot be read";
