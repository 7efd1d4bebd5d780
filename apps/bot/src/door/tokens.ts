// The two tokens of a door: made by chance, compared without telling how much of one is right.
import { createHash, randomBytes, timingSafeEqual } from "node:crypto";
import type { Hello } from "dashboard/contract";
import type { Tokens } from "./words.ts";

/** Two new ones, 256 bits each. */
export function newTokens(): Tokens {
  const token = () => randomBytes(32).toString("base64url");
  return { operator: token(), viewer: token() };
}

/** Who bears a token; `undefined` for anything else. Takes the same time for every wrong one. */
export function roleOf(tokens: Tokens): (token: string) => Hello["role"] | undefined {
  const hash = (text: string) => createHash("sha256").update(text).digest();
  const [operator, viewer] = [hash(tokens.operator), hash(tokens.viewer)];
  return (token) => {
    const found = hash(token);
    const isOperator = timingSafeEqual(found, operator);
    const isViewer = timingSafeEqual(found, viewer);
    if (isOperator) return "operator";
    return isViewer ? "viewer" : undefined;
  };
}
