// Who is asking: an HMAC key with a timestamp (V1), or an agent with a nonce (V3).
import { recoverEip712, verifyHmac } from "@bp/signing";
import type { Member } from "./accounts.ts";
import { type Pair, pairsOf, valuesOf } from "./fields.ts";
import type { AsterHouse } from "./house.ts";
import { missing, refuse } from "./refuse.ts";

/** A request as far as it is signed. */
export interface Sent {
  /** As it was sent, without the question mark. */
  readonly query: string;
  readonly body: string;
  /** Of the header `X-MBX-APIKEY`. */
  readonly key: string | undefined;
}

const chainId = 1666;
const futureMs = 1000;
const defaultWindow = 5000;
const longestWindow = 60_000;

/** Whether the parameters are signed by an agent and not by a secret. */
const isAgent = (values: ReadonlyMap<string, string>) => values.has("signer") || values.has("nonce");

/**
 * @param version - of the path: what is said when nothing is signed at all
 * @throws Refused in the venue's words
 */
export function authenticate(house: AsterHouse, sent: Sent, version: number): Member {
  const query = pairsOf(sent.query);
  const body = pairsOf(sent.body);
  const values = valuesOf([...query, ...body]);
  if (isAgent(values) || (sent.key === undefined && version === 3)) return byAgent(house, query, body, values);
  const member = byKey(house, sent.key);
  return bySecret(house, member, query, body, values);
}

/** The account of an API key. @throws Refused -2014, -2015 */
export function byKey(house: AsterHouse, key: string | undefined): Member {
  if (key === undefined || !/^[0-9a-zA-Z]{64}$/.test(key)) return refuse(-2014, "API-key format invalid.", 401);
  return (
    house.members.find(({ hmac }) => hmac.key === key) ??
    refuse(-2015, "Invalid API-key, IP, or permissions for action", 401)
  );
}

function bySecret(
  house: AsterHouse,
  member: Member,
  query: readonly Pair[],
  body: readonly Pair[],
  values: ReadonlyMap<string, string>,
): Member {
  const timestamp = numberOf(values, "timestamp") ?? missing("timestamp");
  const window = numberOf(values, "recvWindow") ?? defaultWindow;
  const signature = values.get("signature") ?? missing("signature");
  if (window > longestWindow) return refuse(-1131, "recvWindow must be less than 60000");
  const now = house.times.now();
  if (timestamp >= now + futureMs)
    return refuse(-1021, "Timestamp for this request was 1000ms ahead of the server's time.");
  if (now - timestamp > window) return refuse(-1021, "Timestamp for this request is outside of the recvWindow.");
  const text = unsigned(query) + unsigned(body); // no "&" between them
  if (!verifyHmac(member.hmac.secret, text, signature))
    return refuse(-1022, "Signature for this request is not valid.");
  return member;
}

function byAgent(
  house: AsterHouse,
  query: readonly Pair[],
  body: readonly Pair[],
  values: ReadonlyMap<string, string>,
): Member {
  const nonce = numberOf(values, "nonce") ?? missing("nonce");
  const signer = values.get("signer") ?? missing("signer");
  const signature = values.get("signature") ?? missing("signature");
  const user = values.get("user");
  const same = (a: string, b: string) => a.toLowerCase() === b.toLowerCase();
  const member = house.members.find(
    ({ agents, wallet }) =>
      (agents.some((agent) => same(agent.agentAddress, signer)) || same(wallet.address, signer)) &&
      (user === undefined || user === "" || same(wallet.address, user) || same(signer, user)), // a key that signs for itself
  );
  if (member === undefined) return refuse(-1000, "No agent found");
  const texts = candidates(query, body);
  if (!texts.some((text) => same(recoverEip712(text, prefixed(signature), chainId) ?? "", signer)))
    return refuse(-1000, "Signature check failed");
  if (!member.nonces.take(nonce, house.times.now())) return refuse(-4225, "Nonce Expired");
  return member;
}

const prefixed = (signature: string) => (signature.startsWith("0x") ? signature : `0x${signature}`);

/** What may have been signed: the parameters as they were sent, in the order sent, or before they were encoded. */
function candidates(query: readonly Pair[], body: readonly Pair[]): readonly string[] {
  const orders =
    body.length === 0
      ? [query]
      : query.length === 0
        ? [body]
        : [
            [...query, ...body],
            [...body, ...query],
          ];
  const parts = query.length === 0 || body.length === 0 ? [] : [query, body];
  const texts = [...orders, ...parts].flatMap((pairs) => [unsigned(pairs), plainly(pairs)]);
  return [...new Set(texts)];
}

const isSigned = ({ key }: Pair) => key !== "signature";
const unsigned = (pairs: readonly Pair[]) =>
  pairs
    .filter(isSigned)
    .map(({ sent }) => sent)
    .join("&");
const plainly = (pairs: readonly Pair[]) =>
  pairs
    .filter(isSigned)
    .map(({ key, value }) => `${key}=${value}`)
    .join("&");

function numberOf(values: ReadonlyMap<string, string>, key: string): number | undefined {
  const value = values.get(key);
  if (value === undefined || value === "") return undefined;
  return /^\d{1,17}$/.test(value) ? Number(value) : missing(key);
}
