// A PostgreSQL server for tests: a throw-away cluster of its own, or the one that BP_TEST_POSTGRES names.
import { execFileSync, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { storeAddress } from "./address.ts";
import { type Connection, connect } from "./connect.ts";

/** The password of the throw-away cluster. No output may ever show it. */
export const password = `pw-${randomBytes(8).toString("hex")}`;

/** A server that is up. */
export interface TestServer {
  readonly port: number;
  /** Address of a database, with the password. */
  url(database: string, port?: number): string;
  /** A new, empty database. */
  database(): Promise<string>;
  /** `kill -9`; `undefined` where the server is not ours. */
  readonly kill: (() => Promise<void>) | undefined;
  start(): Promise<void>;
  stop(): Promise<void>;
}

/** The programs of a server: on the PATH, or where Debian keeps them. */
function programs(): string | undefined {
  const debian = "/usr/lib/postgresql";
  const versions = existsSync(debian) ? readdirSync(debian).toSorted((a, b) => Number(b) - Number(a)) : [];
  const folders = [...versions.map((each) => join(debian, each, "bin")), ...(process.env["PATH"] ?? "").split(":")];
  return folders.find((each) => existsSync(join(each, "initdb")) && existsSync(join(each, "postgres")));
}

/** A server, or one line that says why there is none. It stays up until `stop`. */
export async function serverHere(): Promise<TestServer | undefined> {
  try {
    return await startServer();
  } catch (error) {
    const why = error instanceof Error ? (error.message.split("\n")[0] ?? "") : String(error);
    process.stderr.write(`PostgreSQL suite skipped: ${why}\n`);
    return undefined;
  }
}

/** A port that is free now. */
function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address !== null ? address.port : 0));
    });
  });
}

/** Runs something that ends, as a user whom PostgreSQL accepts: it does not run as root. */
const asUser = (command: readonly string[]): readonly string[] =>
  process.getuid?.() === 0 ? ["runuser", "-u", userName(), "--", ...command] : command;

function userName(): string {
  const known = readFileSync("/etc/passwd", "utf8");
  return known.includes("\npostgres:") ? "postgres" : "nobody";
}

async function startServer(): Promise<TestServer> {
  const given = process.env["BP_TEST_POSTGRES"];
  if (given !== undefined) return givenServer(given);
  const bin = programs();
  if (bin === undefined) throw new Error("no initdb on this machine, and BP_TEST_POSTGRES is not set");
  const folder = mkdtempSync(join(tmpdir(), "bp-postgres-"));
  const passwordFile = join(folder, "password");
  writeFileSync(passwordFile, password, { mode: 0o600 });
  if (process.getuid?.() === 0) execFileSync("chown", ["-R", userName(), folder]);
  const data = join(folder, "data");
  const run = (...command: readonly string[]) => {
    const [file = "", ...rest] = asUser(command);
    execFileSync(file, rest, { stdio: "pipe", cwd: "/" });
  };
  run(
    join(bin, "initdb"),
    "-D",
    data,
    "-U",
    "bp",
    "--auth=scram-sha-256",
    `--pwfile=${passwordFile}`,
    "-N",
    "-E",
    "UTF8",
    "--locale=C",
  );
  const port = await freePort();
  const url = (database: string, at = port) => `postgres://bp:${password}@127.0.0.1:${at}/${database}`;
  let child: ReturnType<typeof spawn> | undefined;
  const start = async () => {
    const options = [
      "-D",
      data,
      "-p",
      String(port),
      "-c",
      "listen_addresses=127.0.0.1",
      "-c",
      `unix_socket_directories=`,
    ];
    const [file = "", ...rest] = asUser([
      join(bin, "postgres"),
      ...options,
      "-c",
      "fsync=off",
      "-c",
      "max_connections=40",
    ]);
    const launch = () => {
      child = spawn(file, rest, { stdio: "ignore", cwd: "/" });
    };
    launch();
    await ready(url("postgres"), () => {
      if (child?.exitCode !== null) launch(); // it does not start while something is left of one that was killed
    });
  };
  const postmaster = () => Number(readFileSync(join(data, "postmaster.pid"), "utf8").split("\n")[0]);
  const ended = (signal: "SIGKILL" | "SIGINT") =>
    new Promise<void>((resolve) => {
      if (child === undefined || child.exitCode !== null || child.signalCode !== null) return resolve();
      child.once("exit", () => resolve());
      process.kill(postmaster(), signal);
    });
  await start();
  return {
    port,
    url,
    database: () => newDatabase(url),
    kill: () => ended("SIGKILL"),
    start,
    stop: async () => {
      await ended("SIGINT");
      rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
    },
  };
}

function givenServer(given: string): TestServer {
  const port = Number(new URL(given).port || 5_432);
  const url = (database: string, at = port) => {
    const address = new URL(given);
    address.port = String(at);
    address.pathname = `/${database}`;
    return address.href;
  };
  const nothing = () => Promise.resolve();
  return { port, url, database: () => newDatabase(url), kill: undefined, start: nothing, stop: nothing };
}

async function newDatabase(url: TestServer["url"]): Promise<string> {
  const name = `bp_${randomBytes(6).toString("hex")}`;
  const connection = await open(url("postgres"));
  await connection.query(`CREATE DATABASE ${name}`);
  await connection.close();
  return name;
}

/** A connection to look at what is there. */
export const open = (url: string): Promise<Connection> =>
  connect({ address: storeAddress(url, "test"), timeoutMs: 60_000 });

/** @param failed - called after each attempt in vain */
async function ready(url: string, failed: () => void): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      const connection = await open(url);
      await connection.query("SELECT 1");
      return await connection.close();
    } catch (error) {
      if (attempt > 600) throw error;
      failed();
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}
