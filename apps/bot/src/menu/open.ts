// The desk of a configuration: the account that its keys open, or a sandbox of our own that closes with it.
import { exchangeOf } from "@bp/core";
import { systemClock } from "@bp/transport";
import type { BotConfig } from "../config/index.ts";
import type { Door } from "../stage/door.ts";
import { doorsOf } from "../stage/doors.ts";
import { asterDesk, backpackDesk, type Desk } from "./desk.ts";

/** Opens that of the first account. @throws BpError `config/*`, `signing/*` for keys that are missing or cannot be */
export async function openDesk(config: BotConfig): Promise<Desk> {
  if (config.place !== "live") return sandboxDesk(config);
  const [door = { id: "backpack" }] = await doorsOf(config);
  return deskAt(door);
}

/** Each client is loaded only where it is needed. */
async function deskAt(door: Door): Promise<Desk> {
  if (exchangeOf(door.id) === "backpack") {
    const { backpackAt } = await import("../stage/backpack.ts");
    return backpackDesk(backpackAt(door, systemClock), () => systemClock.now() / 1_000);
  }
  const { asterAt } = await import("../stage/aster.ts");
  const { aster, service } = asterAt(door, systemClock);
  return asterDesk(aster, service);
}

async function sandboxDesk({ sandbox: { seed }, accounts }: BotConfig): Promise<Desk> {
  const { startSandbox } = await import("@bp/sandbox");
  const { doorIn } = await import("../stage/sandbox.ts");
  const [id = "backpack"] = Object.keys(accounts);
  const sandbox = await startSandbox({ seed, aster: true });
  const opened = await deskAt(doorIn(sandbox, id, "alice"));
  return {
    ...opened,
    name: `${opened.name} (sandbox)`,
    close: async () => {
      await opened.close();
      await sandbox.close();
    },
  };
}
