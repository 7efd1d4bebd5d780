// The desk of a configuration: the venue that its keys open, or a sandbox of our own that closes with it.
import { createAster } from "@aster/client";
import { createBackpack } from "@bp/client";
import { exchangeOf } from "@bp/core";
import { type BotConfig, secretOf } from "../config/index.ts";
import { asterDesk, backpackDesk, type Desk } from "./desk.ts";

const nowSeconds = () => Date.now() / 1_000;

/** Opens it. @throws BpError `config/invalid` for keys that are missing or cannot be */
export async function openDesk(config: BotConfig): Promise<Desk> {
  const [[id, account] = ["backpack", {}]] = Object.entries(config.accounts);
  const { key, secret, restUrl } = account;
  if (config.place === "live") {
    const keys =
      key === undefined || secret === undefined
        ? {}
        : { key: { apiKey: secretOf(key).reveal(), secret: secretOf(secret) } };
    if (exchangeOf(id) === "backpack")
      return backpackDesk(createBackpack({ ...keys, ...(restUrl === undefined ? {} : { restUrl }) }), nowSeconds);
    return asterDesk(createAster(keys), id.startsWith("aster-spot") ? "spot" : "futures");
  }
  return sandboxDesk(config, id);
}

async function sandboxDesk({ sandbox: { seed } }: BotConfig, id: string): Promise<Desk> {
  const { startSandbox } = await import("@bp/sandbox");
  const { Secret } = await import("@bp/signing");
  const sandbox = await startSandbox({ seed, aster: true });
  const [alice] = sandbox.accounts;
  const [other] = sandbox.aster?.accounts ?? [];
  const desk = (): Desk => {
    if (exchangeOf(id) === "backpack" || sandbox.aster === undefined) {
      const keys = alice === undefined ? {} : { key: { apiKey: alice.apiKey, secret: Secret.of(alice.secret) } };
      return backpackDesk(createBackpack({ restUrl: sandbox.rest, wsUrl: sandbox.ws, proxy: {}, ...keys }), nowSeconds);
    }
    const { futures, spot } = sandbox.aster;
    const keys = other === undefined ? {} : { key: { apiKey: other.hmac.key, secret: Secret.of(other.hmac.secret) } };
    const aster = createAster({
      ...keys,
      futures: { restUrl: futures.rest, wsUrl: futures.ws },
      spot: { restUrl: spot.rest, wsUrl: spot.ws },
      proxy: {},
    });
    return asterDesk(aster, id.startsWith("aster-spot") ? "spot" : "futures");
  };
  const opened = desk();
  return {
    ...opened,
    name: `${opened.name} (sandbox)`,
    close: async () => {
      await opened.close();
      await sandbox.close();
    },
  };
}
