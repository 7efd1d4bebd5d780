// Accounts held by sessions of a real server: two processes, connections that break, somebody else in between.
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { afterAll, afterEach, beforeEach, describe, expect, it } from "vitest";
import { storeAddress } from "./address.ts";
import { claimInStore, type StoreClaimOptions } from "./claim.ts";
import { startProxy } from "./proxy.fixture.ts";
import { open, password, serverHere, type TestServer } from "./server.fixture.ts";

const found = await serverHere();
const server = found as TestServer; // without one nothing of this is run
let database = "";
let children: ChildProcess[] = [];
const cleanups: (() => Promise<unknown>)[] = [];

beforeEach(async () => {
  if (found !== undefined) database = await server.database();
});
afterEach(async () => {
  for (const each of children) each.kill("SIGKILL");
  children = [];
  for (const each of cleanups.splice(0)) await each();
});

/** A process that claims an account, and what it said. */
function claimer(account: string, port?: number) {
  const script = fileURLToPath(new URL("./claim.fixture.ts", import.meta.url));
  const child = spawn(
    process.execPath,
    ["--conditions=@bp/source", "--disable-warning=ExperimentalWarning", script, account],
    {
      env: { ...process.env, STORE: server.url(database, port) },
      stdio: ["ignore", "pipe", "pipe"],
    },
  );
  children.push(child);
  let said = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    said += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    said += text;
  });
  return {
    child,
    said: () => said,
    says: (text: string) =>
      until(
        () => said.includes(text),
        () => said,
      ),
  };
}

async function until(isSo: () => boolean, told: () => string = () => "", ms = 80_000): Promise<void> {
  const deadline = Date.now() + ms;
  while (!isSo()) {
    if (Date.now() > deadline) throw new Error(`it did not come to be: ${told()}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

async function claimHere(account: string, port?: number, more: Partial<StoreClaimOptions> = {}) {
  const told: string[] = [];
  const claims = await claimInStore({
    store: storeAddress(server.url(database, port), "--store"),
    accounts: [{ account, label: `account ${account}` }],
    timeoutMs: 20_000,
    lookMs: 100,
    onLost: (why) => told.push(`lost: ${why}`),
    onBack: () => told.push("back"),
    onTaken: (error) => told.push(error.message),
    ...more,
  });
  cleanups.push(() => claims.release());
  return { claims, told };
}

describe.skipIf(found === undefined)("claimInStore", { timeout: 180_000 }, () => {
  afterAll(() => server.stop());

  it("lets one process trade an account, tells the other one who does, and lets go when it is killed", async () => {
    const first = claimer("a");
    await first.says("held");
    const second = claimer("a");
    await second.says("stop that bot first");
    expect(second.said()).toMatch(
      new RegExp(
        `^account account a is traded by process ${first.child.pid}, run r1, since 20.*Z; stop that bot first\n$`,
      ),
    );
    await claimHere("b"); // another account is another matter
    first.child.kill("SIGKILL");
    await once(first.child, "exit");
    const isHeld = () =>
      claimHere("a").then(
        () => true,
        () => false, // the server has not noticed yet
      );
    await expect.poll(isHeld, { timeout: 80_000 }).toBe(true);
  });

  it("takes an account again after its connection was cut, and says so once", async () => {
    const proxy = await startProxy(server.port);
    cleanups.push(() => proxy.close());
    const { told } = await claimHere("a", proxy.port);
    proxy.accept(false);
    proxy.cut();
    await until(() => told.length > 0);
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    expect(told).toHaveLength(1);
    proxy.accept(true);
    await until(() => told.length > 1);
    expect(told[1]).toBe("back");
    const other = claimer("a");
    await other.says(`is traded by process ${process.pid}`);
  });

  it("takes it from its own dead session, which the server has not noticed", async () => {
    const proxy = await startProxy(server.port);
    cleanups.push(() => proxy.close());
    const { told } = await claimHere("a", proxy.port, { timeoutMs: 3_000 });
    proxy.hang(true); // the server still sees the connection
    await until(() => told.length > 0);
    proxy.hang(false);
    await until(() => told.length > 1);
    expect(told[1]).toBe("back");
  });

  it("hears that somebody else took the account while the connection was gone", async () => {
    const proxy = await startProxy(server.port);
    cleanups.push(() => proxy.close());
    const { told } = await claimHere("a", proxy.port);
    proxy.accept(false);
    proxy.cut();
    await until(() => told.length > 0);
    const other = claimer("a");
    await other.says("held");
    proxy.accept(true);
    await until(() => told.length > 1);
    expect(told[1]).toContain(`account account a is traded by process ${other.child.pid}, run r1`);
    expect(told.join()).not.toContain(password);
  });

  it("hears that somebody else had the account and has ended, while the connection was gone", async () => {
    const proxy = await startProxy(server.port);
    cleanups.push(() => proxy.close());
    const { told } = await claimHere("a", proxy.port);
    proxy.accept(false);
    proxy.cut();
    await until(() => told.length > 0);
    const other = claimer("a");
    await other.says("held");
    other.child.kill("SIGKILL");
    await once(other.child, "exit");
    proxy.accept(true);
    await until(() => told.length > 1);
    expect(told[1]).toContain(`account account a was traded meanwhile by process ${other.child.pid}, run r1`);
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(told).toHaveLength(2); // and it is not taken again
  });

  it("waits for a server that has not noticed yet that a process of this machine is dead", async () => {
    const first = claimer("a");
    await first.says("held");
    const { pid } = first.child;
    const connection = await open(server.url(database));
    cleanups.push(() => connection.close());
    const [lock] = await connection.query(
      "SELECT ((classid::bigint << 32) | objid::bigint)::text AS key FROM pg_locks WHERE locktype = 'advisory' AND granted AND database = (SELECT oid FROM pg_database WHERE datname = current_database())",
    );
    const inPlace = connection.query("SELECT pg_advisory_lock($1::bigint)", [lock?.["key"]]); // the session that is still seen
    first.child.kill("SIGKILL");
    await inPlace;
    const waited: string[] = [];
    const held = claimHere("a", undefined, { onWait: (owner) => waited.push(owner) });
    await until(() => waited.length > 0);
    await connection.close();
    await held;
    expect(waited).toEqual([expect.stringContaining(`process ${pid}, run r1`)]);
  });

  it("survives a server that is killed and comes back", async () => {
    if (server.kill === undefined) return; // it is somebody's own
    const { told } = await claimHere("a");
    await server.kill();
    await until(() => told.length > 0);
    await server.start();
    await until(
      () => told.length > 1,
      () => told.join(),
    );
    expect(told[1]).toBe("back");
    const connection = await open(server.url(database));
    const locks = await connection.query("SELECT 1 FROM pg_locks WHERE locktype = 'advisory'");
    await connection.close();
    expect(locks).toHaveLength(1);
  });
});
