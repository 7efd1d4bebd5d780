// Who asks, where, and for how long.
import type { Clock } from "@bp/core";
import type { Nonces, Secp256k1, Secret } from "@bp/signing";
import type { Proxies } from "@bp/transport";
import type { SharedLimits } from "./budget.ts";
import type { Service } from "./rest/endpoint.ts";
import type { KeySource, Network } from "./sign.ts";

/** A V1 key. None can be made since March 2026; old ones go on working. */
export interface HmacKeyOptions {
  readonly apiKey: string;
  readonly secret: Secret | string;
}

/** An agent ("API wallet"), V3. It needs no permission to withdraw: there is no withdrawal in this package. */
export interface AgentOptions {
  /** Address of the main wallet. Left out, it is not sent, and nonces are kept apart by the agent alone. */
  readonly user?: string;
  /** Address of the agent. */
  readonly signer: string;
  /** 64 hexadecimal digits, with or without `0x`. */
  readonly privateKey: Secret | string;
  /** `true`: `user` is not sent, as in the newest example of the venue. Every source takes it with `user`. */
  readonly omitUser?: boolean;
}

/** Where one of the two services is. */
export interface ServiceOptions {
  /** Scheme, host and port. */
  readonly restUrl?: string;
  readonly wsUrl?: string;
  /** Shared by clients of several accounts that send from one address; see `sharedLimits`. */
  readonly limits?: SharedLimits;
}

/** Without any: public data of the real venue. */
export interface AsterOptions extends Omit<CoreOptions, "key"> {
  /** Left out: public data only. */
  readonly key?: HmacKeyOptions | AgentOptions;
  /** V1: how long a signed request is good, ms; 5,000 if left out, at most 60,000. */
  readonly recvWindowMs?: number;
  /** `true`: an agent signs the text before it is percent-encoded, as some programs of the venue do. Differs for lists alone. */
  readonly signRawParams?: boolean;
  /** Instead of an own allocator, which shares with all processes of this machine. */
  readonly nonces?: Nonces;
  /** The answer of `loadFastSecp256k1`: agents sign three times as fast. */
  readonly secp256k1?: Secp256k1;
}

/** The same for a client that is handed its way of signing. */
export interface CoreOptions {
  /** `withAgent(…)` or `withHmac(…)`. Left out: public data only. */
  readonly key?: KeySource;
  /** Chooses hosts and the chain that agents sign for; `mainnet` if left out. */
  readonly network?: Network;
  readonly futures?: ServiceOptions;
  readonly spot?: ServiceOptions;
  readonly clock?: Clock;
  /** For an answer, ms; 7,000 if left out. */
  readonly timeoutMs?: number;
  /**
   * An HTTP proxy, `http://user:password@host:port`, for everything, or one for REST and one for the sockets. Left out: what the
   * environment says (`ASTER_PROXY_WEBSOCKET`, `HTTPS_PROXY`, `HTTP_PROXY`, `NO_PROXY`); `{}` goes straight.
   */
  readonly proxy?: string | Proxies;
  /** Where the parameters of POST, PUT and DELETE go; `body` if left out. */
  readonly send?: "body" | "query";
}

/** Hosts by network and service. */
export const hosts = {
  mainnet: {
    futures: { restUrl: "https://fapi.asterdex.com", wsUrl: "wss://fstream.asterdex.com" },
    spot: { restUrl: "https://sapi.asterdex.com", wsUrl: "wss://sstream.asterdex.com" },
  },
  testnet: {
    futures: { restUrl: "https://fapi.asterdex-testnet.com", wsUrl: "wss://fstream.asterdex-testnet.com" },
    spot: { restUrl: "https://sapi.asterdex-testnet.com", wsUrl: "wss://sstream.asterdex-testnet.com" },
  },
} as const satisfies Record<Network, Record<Service, { restUrl: string; wsUrl: string }>>;

/** The chain that agents sign for. */
export const chainIds = { mainnet: 1666, testnet: 714 } as const satisfies Record<Network, number>;
