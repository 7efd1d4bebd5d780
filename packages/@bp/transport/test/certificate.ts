// A certificate for localhost, made here: a real one that a test can trust, without any program beside Node.
import { generateKeyPairSync, sign } from "node:crypto";

/** Key and certificate as PEM. Good for an hour around now, for `localhost` and 127.0.0.1. @see RFC 5280 */
export function certificate(): { readonly key: string; readonly cert: string } {
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "prime256v1" });
  const algorithm = sequence(oid("2a8648ce3d040302")); // ecdsa-with-SHA256
  const name = sequence(tag(0x31, sequence(oid("550403"), tag(0x0c, Buffer.from("localhost"))))); // common name
  const hourMs = 3_600_000;
  const validity = sequence(time(Date.now() - hourMs), time(Date.now() + hourMs));
  const names = sequence(tag(0x82, Buffer.from("localhost")), tag(0x87, Buffer.from([127, 0, 0, 1])));
  const isAuthority = sequence(tag(0x01, Buffer.from([0xff])));
  const extensions = sequence(
    sequence(oid("551d11"), tag(0x04, names)), // subject alternative name
    sequence(oid("551d13"), tag(0x04, isAuthority)), // basic constraints
  );
  const about = sequence(
    tag(0xa0, tag(0x02, Buffer.from([2]))), // version 3
    tag(0x02, Buffer.from([1])), // serial number
    algorithm,
    name,
    validity,
    name,
    publicKey.export({ type: "spki", format: "der" }),
    tag(0xa3, extensions),
  );
  const signature = sign("sha256", about, privateKey);
  const all = sequence(about, algorithm, tag(0x03, Buffer.concat([Buffer.from([0]), signature])));
  const body = all.toString("base64").replace(/(.{64})/g, "$1\n");
  return {
    key: privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
    cert: `-----BEGIN CERTIFICATE-----\n${body}\n-----END CERTIFICATE-----\n`,
  };
}

function tag(kind: number, content: Buffer): Buffer {
  const { length } = content;
  const size = length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([kind, ...size]), content]);
}

function sequence(...parts: readonly Buffer[]): Buffer {
  return tag(0x30, Buffer.concat(parts));
}

function oid(hex: string): Buffer {
  return tag(0x06, Buffer.from(hex, "hex"));
}

/** `YYMMDDhhmmssZ` */
function time(ms: number): Buffer {
  const text = new Date(ms).toISOString().replace(/[-:T]|\.\d+/g, "");
  return tag(0x17, Buffer.from(text.slice(2)));
}
