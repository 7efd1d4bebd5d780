import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { proxiesFromEnvironment } from "./index.ts";

const targets = { rest: "https://fapi.venue.com", socket: "wss://fstream.venue.com" };
const found = (environment: Record<string, string>, to = targets) => proxiesFromEnvironment(environment, "aster", to);

describe("proxiesFromEnvironment", () => {
  it("goes straight when nothing is said, or nothing in it", () => {
    expect(found({})).toEqual({});
    expect(found({ ASTER_PROXY_WEBSOCKET: " ", HTTPS_PROXY: "", https_proxy: "" })).toEqual({});
    expect(found({ BACKPACK_PROXY_WEBSOCKET: "http://p:1" })).toEqual({}); // another venue's
  });

  it("sends both through what is named for the sockets of the venue, or of all", () => {
    expect(found({ ASTER_PROXY_WEBSOCKET: "http://u:p@own:1", PROXY_WEBSOCKET: "http://all:2" })).toEqual({
      rest: "http://u:p@own:1",
      socket: "http://u:p@own:1",
    });
    expect(found({ ASTER_PROXY_WEBSOCKET: "", PROXY_WEBSOCKET: " http://all:2\n" }).socket).toBe("http://all:2");
  });

  it("sends REST, and sockets that have none of their own, through the proxy for the scheme of the URL", () => {
    const general = { HTTPS_PROXY: "https://s:1", HTTP_PROXY: "http://plain:2" };
    expect(found(general)).toEqual({ rest: "https://s:1", socket: "https://s:1" });
    expect(found(general, { rest: "http://venue.com", socket: "ws://venue.com" })).toEqual({
      rest: "http://plain:2",
      socket: "http://plain:2",
    });
    expect(found({ ...general, https_proxy: "http://lower:3" }).rest).toBe("http://lower:3");
    expect(found({ ...general, ASTER_PROXY_WEBSOCKET: "http://own:1" })).toEqual({
      rest: "https://s:1",
      socket: "http://own:1",
    });
  });

  it.each([
    ["*", true],
    ["venue.com", true],
    [".venue.com", true],
    ["*.venue.com", true],
    ["FAPI.Venue.com", true],
    ["other.com, fapi.venue.com:443", true],
    ["other.com fapi.venue.com", true],
    ["fapi.venue.com:80", false],
    ["enue.com", false],
    ["fapi.venue.com.evil.com", false],
    ["", false],
    [",, :443", false],
  ])("with NO_PROXY %j: exempt %j", (list, exempt) => {
    const environment = { HTTPS_PROXY: "http://p:1" };
    for (const name of ["NO_PROXY", "no_proxy"])
      expect(found({ ...environment, [name]: list }).rest).toBe(exempt ? undefined : "http://p:1");
  });

  it("keeps what is named for the sockets of the venue there, whatever NO_PROXY says, and REST out of it", () => {
    expect(found({ ASTER_PROXY_WEBSOCKET: "http://own:1", NO_PROXY: "*" })).toEqual({ socket: "http://own:1" });
  });

  it.each(["http://localhost:1", "http://127.0.0.1:1", "http://[::1]:1", "no URL"])(
    "sends nothing for %s through a general proxy",
    (rest) => {
      const to = { rest, socket: rest };
      expect(found({ HTTP_PROXY: "http://p:1", HTTPS_PROXY: "http://p:1" }, to)).toEqual({});
    },
  );

  it("exempts addresses of the sixth version, with a port and without", () => {
    const to = { rest: "https://[2001:db8::1]", socket: "wss://[2001:db8::1]:9443" };
    const HTTPS_PROXY = "http://p:1";
    expect(found({ HTTPS_PROXY, NO_PROXY: "2001:db8::1" }, to)).toEqual({});
    expect(found({ HTTPS_PROXY, NO_PROXY: "[2001:db8::1]:9443" }, to)).toEqual({ rest: HTTPS_PROXY });
  });

  it.each([
    "http://user:S3CRET@host:port (may be empty)",
    "http://user:S3CRET@host:port",
    "user:S3CRET@host:1",
    "socks5://user:S3CRET@host:1",
    "http://user:S3%CRET@host:1",
    "host:8080",
  ])("refuses %j by the name of its variable, and keeps the text to itself", (text) => {
    for (const name of ["ASTER_PROXY_WEBSOCKET", "PROXY_WEBSOCKET", "HTTPS_PROXY", "https_proxy"]) {
      expect(() => found({ [name]: text })).toThrow(name);
      expect(() => found({ [name]: text })).not.toThrow(/S3|CRET|user:S/);
    }
  });

  it("never shows a password, whatever is around it", () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (before, after) => {
        let said = "";
        try {
          found({ HTTPS_PROXY: `${before}S3CRET${after}@host:1` });
        } catch (error) {
          said = String(error);
        }
        expect(said).not.toContain("S3CRET");
      }),
    );
  });
});
