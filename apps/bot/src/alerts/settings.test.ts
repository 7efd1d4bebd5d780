import { describe, expect, it } from "vitest";
import { alertSettings } from "./settings.ts";

const token = "123456:AAbbCC-dd_ee";
const namesOf = (environment: Readonly<Record<string, string>>) =>
  alertSettings(environment).channels.map(({ name }) => name);

describe("alertSettings", () => {
  it("has no channel where nothing is set", () => {
    expect(alertSettings({ BP_LARK_URL: " " })).toMatchObject({ channels: [], commands: undefined });
  });

  it("reads every channel, and commands where they are asked for", () => {
    const all = {
      BP_TELEGRAM_TOKEN: token,
      BP_TELEGRAM_CHATS: "12, -100345",
      BP_LARK_URL: "https://open.larksuite.com/hook",
      BP_DISCORD_URL: "https://discord.com/api/webhooks/1/x",
      BP_WEBHOOK_URL: "http://127.0.0.1:8080/",
    };
    expect(namesOf(all)).toEqual(["telegram chat 12", "telegram chat -100345", "lark", "discord", "webhook"]);
    expect(alertSettings(all).commands).toBeUndefined();
    expect(alertSettings({ ...all, BP_TELEGRAM_COMMANDS: "1" }).commands?.chats).toEqual(["12", "-100345"]);
  });

  it("names what is wrong and shows nothing of it", () => {
    const wrong: readonly (readonly [Readonly<Record<string, string>>, RegExp])[] = [
      [{ BP_TELEGRAM_CHATS: "12" }, /BP_TELEGRAM_TOKEN: found nothing/],
      [{ BP_TELEGRAM_TOKEN: "tops3cret", BP_TELEGRAM_CHATS: "12" }, /BP_TELEGRAM_TOKEN/],
      [{ BP_TELEGRAM_TOKEN: token }, /BP_TELEGRAM_CHATS: found nothing/],
      [{ BP_TELEGRAM_TOKEN: token, BP_TELEGRAM_CHATS: "@tops3cret" }, /BP_TELEGRAM_CHATS/],
      [{ BP_LARK_URL: "tops3cret" }, /BP_LARK_URL: found an address of another kind/],
      [{ BP_TELEGRAM_TOKEN: token, BP_TELEGRAM_CHATS: "1", BP_TELEGRAM_COMMANDS: "tops3cret" }, /BP_TELEGRAM_COMMANDS/],
      [{ BP_TELEGRAM_COMMANDS: "1" }, /BP_TELEGRAM_TOKEN: found nothing/],
      [{ BP_WEBHOOK_URL: "https://me:tops3cret@example.com/" }, /BP_WEBHOOK_URL/],
      [{ BP_LARK_URL: "https://a.example/", HTTPS_PROXY: "tops3cret:" }, /HTTPS_PROXY/],
      [{ BP_DISCORD_URL: "http://example.com/tops3cret" }, /BP_DISCORD_URL.*https/],
    ];
    for (const [environment, message] of wrong) {
      expect(() => alertSettings(environment)).toThrow(message);
      expect(() => alertSettings(environment)).not.toThrow(/tops3cret/);
    }
  });

  it("goes through the proxy that the environment names, but not to this machine", () => {
    const { proxyOf } = alertSettings({ HTTPS_PROXY: "http://127.0.0.1:7890" });
    expect(proxyOf("https://api.telegram.org")).toBe("http://127.0.0.1:7890");
    expect(proxyOf("http://127.0.0.1:8080/")).toBeUndefined();
  });
});
