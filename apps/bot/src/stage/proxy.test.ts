import { describe, expect, it } from "vitest";
import { proxiesFrom } from "./proxy.ts";

describe("proxiesFrom", () => {
  it("goes by the flag before the environment, for both", () => {
    const environment = { BACKPACK_PROXY_WEBSOCKET: "http://environment:1", HTTPS_PROXY: "http://general:2" };
    expect(proxiesFrom(environment, { wsProxy: "http://flag:3" })).toEqual({
      rest: "http://flag:3",
      socket: "http://flag:3",
    });
  });

  it("reads the names of S2 for both, and the usual ones for REST", () => {
    expect(proxiesFrom({ BACKPACK_PROXY_WEBSOCKET: "http://u:p@own:1" }, {})).toEqual({
      rest: "http://u:p@own:1",
      socket: "http://u:p@own:1",
    });
    expect(proxiesFrom({ PROXY_WEBSOCKET: "http://old:1", HTTPS_PROXY: "http://general:2" }, {})).toEqual({
      rest: "http://general:2",
      socket: "http://old:1",
    });
  });

  it("lets NO_PROXY name the real venue, and an exchange on this machine is reached straight", () => {
    const environment = { HTTPS_PROXY: "http://general:2", HTTP_PROXY: "http://general:2" };
    expect(proxiesFrom({ ...environment, NO_PROXY: "backpack.exchange" }, {})).toEqual({});
    expect(proxiesFrom(environment, { rest: "http://127.0.0.1:1", ws: "ws://127.0.0.1:2" })).toEqual({});
  });

  it("refuses the prose of S2's sample without repeating it", () => {
    const sample = { BACKPACK_PROXY_WEBSOCKET: "http://user:pass@host:port or http://host:port, may be empty" };
    expect(() => proxiesFrom(sample, {})).toThrow(/BACKPACK_PROXY_WEBSOCKET.*text that is no address/);
    expect(() => proxiesFrom(sample, {})).not.toThrow("pass@");
  });
});
