// Who is asking: the four headers, the window, and the signature over the text that the venue rebuilds by itself.
import { canonical, canonicalBatch, type Params, verifyEd25519 } from "@bp/signing";
import type { Member } from "./accounts.ts";
import type { BackpackHouse } from "./house.ts";
import { refuse } from "./refuse.ts";

/** What was signed: an instruction with its parameters, or several of them in a batch. */
export interface Signed {
  readonly instruction: string;
  readonly params: Params | readonly Params[];
}

/** One header, as Node gives them: names in small letters. */
export type Headers = Readonly<Record<string, string | readonly string[] | undefined>>;

const defaultWindow = 5000;
const longestWindow = 60_000;
const futureMs = 1000; // how far ahead a timestamp may be; the venue does not say

/** @throws Refused in the venue's words */
export function authenticate(house: BackpackHouse, headers: Headers, signed: Signed): Member {
  const member = house.member(text(headers, "x-api-key") ?? "");
  if (member === undefined) return refuse("UNAUTHORIZED", "Unauthorized", 401);
  const signature = text(headers, "x-signature");
  if (signature === undefined || !isSignature(signature))
    return refuse("INVALID_CLIENT_REQUEST", "Invalid X-Signature header");
  const moment = readMoment(house, text(headers, "x-timestamp"), text(headers, "x-window"));
  if (typeof moment === "string") return refuse("INVALID_CLIENT_REQUEST", moment);
  if (!verifyEd25519(member.apiKey, signedText(signed, moment.timestamp, moment.window), signature))
    return refuse("INVALID_CLIENT_REQUEST", "Invalid signature");
  return member;
}

/** Whether the four strings of a subscribe frame let somebody in; the account, or `undefined`. */
export function authenticateFrame(house: BackpackHouse, signature: unknown): Member | undefined {
  if (!Array.isArray(signature) || signature.length !== 4) return undefined;
  const [key, signed, timestamp, window] = signature.map(String);
  const member = house.member(key ?? "");
  if (member === undefined || signed === undefined || !isSignature(signed)) return undefined;
  const moment = readMoment(house, timestamp, window);
  if (typeof moment === "string") return undefined;
  const text = canonical("subscribe", undefined, moment.timestamp, moment.window);
  return verifyEd25519(member.apiKey, text, signed) ? member : undefined;
}

function signedText({ instruction, params }: Signed, timestamp: number, window: number): string {
  return isBatch(params)
    ? canonicalBatch(instruction, params, timestamp, window)
    : canonical(instruction, params, timestamp, window);
}

const isBatch = (params: Params | readonly Params[]): params is readonly Params[] => Array.isArray(params);

const isSignature = (value: string) => /^[A-Za-z0-9+/]{86}==$/.test(value);

function text(headers: Headers, name: string): string | undefined {
  const value = headers[name];
  return typeof value === "string" && value !== "" ? value : undefined;
}

/** Timestamp and window in ms, or what the venue says against them. */
function readMoment(
  house: BackpackHouse,
  timestampText: string | undefined,
  windowText: string | undefined,
): { readonly timestamp: number; readonly window: number } | string {
  if (timestampText === undefined || !/^\d{1,15}$/.test(timestampText)) return "Invalid timestamp";
  const window = windowText === undefined ? defaultWindow : /^\d{1,9}$/.test(windowText) ? Number(windowText) : -1;
  if (window < 0 || window > longestWindow) return "Invalid window";
  const timestamp = Number(timestampText);
  const now = house.times.now();
  if (timestamp > now + futureMs) return "Invalid timestamp";
  if (now > timestamp + window) return "Request has expired";
  return { timestamp, window };
}
