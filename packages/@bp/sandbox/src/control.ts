// The sandbox's own door, for whoever runs it: faults and the books of record, behind a token.
import { randomBytes, timingSafeEqual } from "node:crypto";
import { isBpError } from "@bp/core";
import type { Answer } from "./answer.ts";
import { type Plans, readFaultPlan, type VenueName } from "./faultPlan.ts";
import { createFaults, type Faults } from "./faults.ts";
import { createHttpServer, type HttpRequest } from "./http.ts";
import type { Ledger } from "./ledger.ts";
import { closed, listen } from "./site.ts";

/** Where the sandbox itself can be told and asked things. */
export interface Control {
  /** `http://127.0.0.1:PORT` */
  readonly url: string;
  /** Goes into `Authorization: Bearer …`, or into the query as `token`. */
  readonly token: string;
}

/** A venue as the door sees it. */
export interface Venue {
  readonly faults: Faults;
  ledger(): Ledger;
}

/**
 * `GET /sandbox/ledger` gives the books of all venues, `POST /sandbox/faults` sets a plan up, `DELETE /sandbox/faults` mends
 * everything.
 *
 * @throws BpError as `listen`
 */
export async function openControl(
  venues: ReadonlyMap<VenueName, Venue>,
  plans: Plans,
  host: string,
  port: number,
): Promise<Control & { close(): Promise<void> }> {
  const token = randomBytes(24).toString("base64url");

  const respond = ({ method, url, headers, body }: HttpRequest): Answer => {
    const given = headers.authorization?.replace(/^Bearer +/i, "") ?? url.searchParams.get("token");
    if (!isToken(given ?? "", token)) return say(401, "the token is missing or wrong");
    switch (`${method} ${url.pathname}`) {
      case "GET /sandbox/ledger":
        return { status: 200, json: Object.fromEntries([...venues].map(([name, venue]) => [name, venue.ledger()])) };
      case "POST /sandbox/faults":
        try {
          plans.set(readFaultPlan(body ?? "", "body"));
          return { status: 200, json: { ok: true } };
        } catch (error) {
          if (isBpError(error)) return say(400, error.message);
          throw error;
        }
      case "DELETE /sandbox/faults":
        plans.clear();
        return { status: 200, json: { ok: true } };
      default:
        return say(404, "there are GET /sandbox/ledger, POST and DELETE /sandbox/faults");
    }
  };

  const server = createHttpServer(respond, createFaults({ cut: () => 0, setOffset: () => undefined }));
  const found = await listen(server, host, port);
  const name = host.includes(":") ? `[${host}]` : host;
  return {
    url: `http://${name}:${found}`,
    token,
    close: () => closed(server),
  };
}

const say = (status: number, why: string): Answer => ({ status, json: { ok: false, why } });

/** Takes the same time wherever they differ. */
function isToken(text: string, token: string): boolean {
  const [given, wanted] = [Buffer.from(text), Buffer.from(token)];
  return given.length === wanted.length && timingSafeEqual(given, wanted);
}
