// Agents, builders, protection of market makers, announcements.

import { symbolOf } from "@bp/core";
import { recoverEip712 } from "@bp/signing";
import { Refused } from "../../answer.ts";
import type { Fields } from "../fields.ts";
import { fault, missing, refuse, success } from "../refuse.ts";
import { both, newer, open, type Route, signed } from "../route.ts";
import { needMarket } from "./read.ts";

const protectionKeys = ["windowTimeInMilliseconds", "frozenTimeInMilliseconds", "qtyLimit", "valueLimit", "deltaLimit"];

/** In the order in which the main wallet signs them. */
const registered = [
  "user",
  "nonce",
  "agentName",
  "agentAddress",
  "expired",
  "signatureChainId",
  "canSpotTrade",
  "canPerpTrade",
  "canWithdraw",
  "ipWhitelist",
];

export const agentRoutes: readonly Route[] = [
  signed("GET", newer("agent"), 1, (_house, member) => member.agents),
  signed("GET", newer("builder"), 1, () => []),
  {
    ...open(newer("registerAndApproveAgent"), 50, (house, fields) => {
      const user = fields.need("user").toLowerCase();
      const member = house.members.find(({ wallet }) => wallet.address.toLowerCase() === user);
      const chain = fields.whole("signatureChainId") ?? missing("signatureChainId");
      const nonce = fields.whole("nonce") ?? missing("nonce");
      if (member === undefined || !isSignedBy(user, fields, chain))
        throw new Refused(fault(-1000, "Signature check failed"));
      if (!member.nonces.take(nonce, house.times.now())) return refuse(-4225, "Nonce Expired");
      if (fields.flag("canWithdraw") === true && !fields.has("ipWhitelist")) return missing("ipWhitelist");
      member.agents.push({
        agentAddress: fields.need("agentAddress"),
        agentName: fields.need("agentName"),
        ipWhitelist: fields.text("ipWhitelist") ?? "",
        expired: fields.whole("expired") ?? missing("expired"),
        source: "api",
        canRead: true,
        canSpotTrade: fields.flag("canSpotTrade") ?? missing("canSpotTrade"),
        canPerpTrade: fields.flag("canPerpTrade") ?? missing("canPerpTrade"),
        canWithdraw: fields.flag("canWithdraw") ?? missing("canWithdraw"),
      });
      return success;
    }),
    method: "POST",
  },
];

/** An absent white list may have been signed as an empty one or left out. */
function isSignedBy(user: string, fields: Fields, chain: number): boolean {
  const signature = fields.need("signature");
  const text = (keys: readonly string[]) => keys.map((key) => `${key}=${fields.text(key) ?? ""}`).join("&");
  const keys = registered.filter((key) => key !== "ipWhitelist" || fields.has(key));
  return [keys, registered].some((each) => recoverEip712(text(each), signature, chain)?.toLowerCase() === user);
}

/** What is set is kept and told; how an order becomes one that is protected, nobody says. */
export const protectionRoutes: readonly Route[] = [
  signed("POST", newer("mmp"), 1, (house, member, fields) => {
    const symbol = symbolOf(needMarket(house, fields).id);
    const numbers = protectionKeys.map((key) => [key, fields.decimal(key)] as const);
    for (const [key, value] of numbers.slice(0, 2)) if (value === undefined) missing(key);
    member.protections.set(symbol, {
      symbol,
      ...Object.fromEntries(numbers.flatMap(([key, value]) => (value === undefined ? [] : [[key, Number(value)]]))),
    });
    return true;
  }),
  signed("GET", newer("mmp"), 1, (_house, member, fields) => {
    const symbol = fields.text("symbol");
    return [...member.protections.values()].filter((each) => (symbol ?? each["symbol"]) === each["symbol"]);
  }),
  signed("DELETE", newer("mmp"), 1, (house, member, fields) => {
    member.protections.delete(symbolOf(needMarket(house, fields).id));
    return true;
  }),
  signed("POST", newer("mmpReset"), 1, (house, _member, fields) => {
    needMarket(house, fields);
    return true;
  }),
];

const announcements = [
  {
    id: 1001,
    contents: [
      {
        language: "en",
        title: "Welcome",
        subtitle: "This is a sandbox",
        content: "Nothing here is worth anything.",
      },
    ],
    category: "DIRECT",
    publishTime: 1_750_000_000_000,
    jumpLink: "https://www.asterdex.com/en/announcement/1001",
  },
];

export const announcementRoutes: readonly Route[] = [
  signed("GET", both("announcement/direct"), 1, (_house, _member, fields) => {
    const page = fields.whole("page") ?? 1;
    const size = fields.whole("size") ?? 10;
    return { total: announcements.length, rows: announcements.slice((page - 1) * size, page * size) };
  }),
  signed("GET", both("announcement/directById"), 1, (_house, _member, fields) => {
    const id = fields.whole("id") ?? missing("id");
    return announcements.find((each) => each.id === id) ?? refuse(-1130, "Data sent for parameter 'id' is not valid.");
  }),
];
