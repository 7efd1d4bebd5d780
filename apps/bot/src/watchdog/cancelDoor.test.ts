// The watchdog cannot place: not by its types, not by what its call sends, and nothing that decides is loaded for it.
import { readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import type { Call } from "@bp/client/core";
import { cancel, open, place, placeBatch } from "@bp/client/rest/orders";
import { isBpError } from "@bp/core";
import { describe, expect, expectTypeOf, it } from "vitest";
import { type CancelDoor, cancelOnly } from "./cancelDoor.ts";

describe("CancelDoor", () => {
  it("has nothing in its hands but looking and cancelling", () => {
    expectTypeOf<keyof CancelDoor>().toEqualTypeOf<
      "venue" | "lateMs" | "lists" | "openOrders" | "cancel" | "warm" | "close"
    >();
    expectTypeOf<CancelDoor>().not.toHaveProperty("place");
    expectTypeOf<CancelDoor["cancel"]>().parameter(0).not.toHaveProperty("price");
  });
});

describe("cancelOnly", () => {
  it("sends questions and cancels, and refuses everything else before it is sent", async () => {
    const sent: string[] = [];
    const call: Call = async (endpoint) => {
      sent.push(`${endpoint.method} ${endpoint.path}`);
      return undefined as never; // nobody looks at it here
    };
    const only = cancelOnly(call);
    await only(open, {});
    await only(cancel, { symbol: "SOL_USDC_PERP", orderId: "1" });
    for (const endpoint of [place, placeBatch]) {
      let error: unknown;
      try {
        await only(endpoint as unknown as typeof open, {}); // whatever is handed to it
      } catch (thrown) {
        error = thrown;
      }
      expect(isBpError(error, "config/invalid")).toBe(true);
    }
    expect(sent).toEqual(["GET /api/v1/orders", "DELETE /api/v1/order"]);
  });
});

describe("the watchdog's process", () => {
  it("loads nothing of ours that decides or trades", () => {
    const source = join(import.meta.dirname, "..");
    const seen = new Set<string>();
    const packages = new Set<string>();
    const walk = (file: string): void => {
      if (seen.has(file)) return;
      seen.add(file);
      const text = readFileSync(file, "utf8");
      const named = [...text.matchAll(/^(?:import|export) (?!type)[^;"]*?from "([^"]+)";/gm)];
      const later = [...text.matchAll(/import\("([^"]+)"\)/g)];
      for (const [, from = ""] of [...named, ...later]) {
        if (from.startsWith(".")) walk(join(dirname(file), from));
        else packages.add(from);
      }
    };
    walk(join(source, "commands/watchdog.ts"));
    expect([...packages].filter((each) => !each.startsWith("node:")).toSorted()).toEqual([
      "@aster/client/core",
      "@aster/client/rest/futures/trade",
      "@aster/client/rest/spot/trade",
      "@bp/client/core",
      "@bp/client/rest/orders",
      "@bp/core",
      "@bp/signing",
      "@bp/transport",
      "zod",
    ]);
    const files = [...seen].map((each) => relative(source, each));
    expect(
      files.filter(
        (each) =>
          !/^(?:watchdog|bots|commands)\/|^(?:exit|failures|folders|state|config\/complaint)\.ts$|^face\/(?:endings|taken)\.ts$|^alerts\/(?:alert|channel|deliver|line|outbox|post|settings|told|words)\.ts$/.test(
            each,
          ),
      ),
    ).toEqual([]);
  });
});
