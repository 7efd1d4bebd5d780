// For the tests of the desks: a sandbox on a stage with two of the project's own clients, and time that a test moves.
import { type Backpack, createBackpack } from "@bp/client";
import { millis } from "@bp/core";
import type { Sandbox, SandboxOptions } from "../sandbox.ts";
import type { Stage } from "../trial.fixture.ts";
import { testKeys } from "./accounts.ts";
import { perp, play, spot } from "./trial.fixture.ts";

export interface Scene {
  readonly sandbox: Sandbox;
  readonly stage: Stage;
  readonly alice: Backpack;
  readonly bob: Backpack;
  /** Lets exchange time pass; desks do what is due before the next request is answered. */
  pass(ms: number): void;
  close(): Promise<void>;
}

/** Keys that open alice's and bob's accounts. */
export const keys = { alice: testKeys("alice"), bob: testKeys("bob") };

/** Both books as in `play`, one print in each, nobody with an order. */
export async function openScene(options: SandboxOptions = {}): Promise<Scene> {
  const { sandbox, stage } = await play(options);
  const where = { restUrl: sandbox.rest, wsUrl: sandbox.ws, withdrawals: "allowed" } as const;
  const alice = createBackpack({ key: keys.alice, ...where });
  const bob = createBackpack({ key: keys.bob, ...where });
  const pass = (ms: number) => {
    sandbox.exchange.advance(millis(sandbox.exchange.now() + ms));
    stage.hands.mark(perp.id, 9894, 9894.998504);
  };
  stage.take(spot.id, "buy", 9897, 10);
  stage.take(perp.id, "buy", 9897, 10);
  pass(1);
  return {
    sandbox,
    stage,
    alice,
    bob,
    pass,
    close: async () => {
      await Promise.all([alice.close(), bob.close()]);
      await sandbox.close();
    },
  };
}

/** What a refused call says: the venue's code and HTTP status. */
export const refusalOf = (call: Promise<unknown>): Promise<unknown> =>
  call.then(
    () => "done",
    (error: { readonly context?: { readonly code?: unknown } }) => error.context?.code ?? error,
  );
