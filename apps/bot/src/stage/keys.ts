// Where keys come from. They are never printed.
import { BpError } from "@bp/core";
import { Secret } from "@bp/signing";

/** A pair of keys; the secret does not print. */
export interface Keys {
  readonly apiKey: string;
  readonly secret: Secret;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** The API key that the environment holds, in the names of S2 and of S0. */
export function apiKeyIn(environment: Environment): string | undefined {
  return environment["BACKPACK_KEY"] ?? environment["BACKPACK_API_KEY"] ?? environment["API_KEY"];
}

/**
 * The keys that the flags or the environment hold.
 *
 * @throws BpError `config/invalid` when one is missing, naming the variables
 */
export function keysFrom(
  environment: Environment,
  given?: { readonly apiKey?: string | undefined; readonly secretKey?: string | undefined },
): Keys {
  const apiKey = given?.apiKey ?? apiKeyIn(environment);
  const secret =
    given?.secretKey ??
    environment["BACKPACK_SECRET"] ??
    environment["BACKPACK_PRIVATE_KEY"] ??
    environment["SECRET_KEY"];
  const missing = [
    apiKey === undefined || apiKey === "" ? "BACKPACK_KEY" : "",
    secret === undefined || secret === "" ? "BACKPACK_SECRET" : "",
  ].filter((name) => name !== "");
  if (apiKey === undefined || secret === undefined || missing.length > 0)
    throw new BpError("config/invalid", {
      path: missing.join(" and "),
      found: "nothing",
      expected: "your API key pair in the environment",
      hint: "export BACKPACK_KEY=… BACKPACK_SECRET=…, or trade with --sandbox, which needs no keys",
    });
  return { apiKey, secret: Secret.of(secret) };
}
