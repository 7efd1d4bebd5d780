import { type ClientId, clientId } from "@bp/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createEnded } from "./ended.ts";

describe("createEnded", () => {
  it("finds the newest ones, whenever it is asked, and none that was taken back", () => {
    const step = fc.record({ what: fc.constantFrom("add", "add", "add", "find", "remove"), id: fc.nat(30) });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 300 }), (steps) => {
        const limit = 5;
        const ended = createEnded<{ readonly clientId: ClientId }>(limit);
        let row: { readonly clientId: ClientId }[] = [];
        const found: unknown[] = [];
        const expected: unknown[] = [];
        for (const { what, id } of steps) {
          const newest = row.findLast((each) => each.clientId === clientId(id + 1));
          if (what === "add" && newest === undefined) {
            const order = { clientId: clientId(id + 1) };
            ended.add(order);
            row = [...row, order].slice(-limit);
          } else if (what === "find") {
            found.push(ended.find(clientId(id + 1)));
            expected.push(newest);
          } else if (what === "remove" && newest !== undefined) {
            ended.remove(newest);
            row = row.filter((each) => each !== newest);
          }
        }
        for (const [nth, each] of expected.entries()) expect(found[nth]).toBe(each);
      }),
    );
  });

  it("gives the younger of two with one number", () => {
    const ended = createEnded<{ readonly clientId: ClientId; readonly nth: number }>(2);
    const [first, second] = [1, 2].map((nth) => ({ clientId: clientId(7), nth }));
    if (first !== undefined) ended.add(first);
    expect(ended.find(clientId(7))?.nth).toBe(1);
    if (second !== undefined) ended.add(second);
    ended.add({ clientId: clientId(8), nth: 3 }); // the first one is forgotten, the second is not
    expect(ended.find(clientId(7))?.nth).toBe(2);
  });
});
