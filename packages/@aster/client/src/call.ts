// One call: check what goes out, sign it, send it, read what comes back, say what it means.
import { checkParams, jsonOf } from "@bp/adapter";
import { BpError, isBpError } from "@bp/core";
import type { Answer, Skew } from "@bp/transport";
import { ask, type Job, type Sending } from "./ask.ts";
import { mayResign, type Negative, negativeOf } from "./failure.ts";
import { pairsOf } from "./pairs.ts";
import { type Reading, read } from "./read.ts";
import { type AsterCallOptions, type AsterEndpoint, type Call, costOf, type Service } from "./rest/endpoint.ts";
import { wayOf } from "./way.ts";

/** Nonces whose orders `noop` was to end: those are not sent again with another one. */
const remembered = 100;

/**
 * Makes the function that all endpoints of a service go through.
 *
 * It throws `config/invalid` for bad parameters and for a call that this key cannot make, `signing/nonce-*`, `transport/*`, and of the venue:
 * `venue/refused`, `venue/rate-limited`, `venue/unavailable`, `venue/expired` (after one try more with a fresh clock and signature),
 * `venue/unknown-outcome` for a call that changes something and whose answer does not tell, `wire/schema` and `wire/not-json` for one
 * that reads.
 */
export function createCall(options: Sending & Reading): Call {
  const { service, skew, signer } = options;
  const ended: number[] = [];
  return async <P, A>(endpoint: AsterEndpoint<P, A>, input: P, callOptions: AsterCallOptions = {}): Promise<A> => {
    if (endpoint.service !== service) throw elsewhere(endpoint, service);
    const params = checkParams(endpoint, input);
    const way = wayOf(endpoint, signer);
    const pairs = pairsOf(input); // as the caller ordered them; its schema has just let it through
    let nonce: number | undefined;
    const job: Job = {
      method: endpoint.method,
      lane: callOptions.lane ?? endpoint.lane,
      cost: costOf(endpoint, params),
      pairs: endpoint.reusesNonce === true ? [] : pairs,
      nonce: endpoint.reusesNonce === true ? Number(pairs[0]?.[1]) : undefined, // its only parameter
      callOptions,
      hear: (used) => {
        nonce = used;
        if (endpoint.reusesNonce === true && ended.push(used) > remembered) ended.shift();
        callOptions.onNonce?.(used);
      },
    };
    const once = async () => {
      const answer = await ask(options, job, way);
      if (endpoint.elsewhere === undefined || signer?.scheme !== "v3" || !isNotFound(answer)) return answer;
      return ask(options, job, { ...way, path: endpoint.elsewhere });
    };
    if (way.signed && !isMeasured(skew)) await measure(skew, service, callOptions.signal);
    const first = await once();
    const value = jsonOf(first.text);
    const negative = negativeOf(first.status, first.text, value);
    const again = way.signed && job.nonce === undefined && negative !== undefined && mayResign(negative);
    if (again && nonce !== undefined && ended.includes(nonce)) throw endedBy(negative, service);
    if (!again) return read(options, endpoint, first, value, negative);
    // The venue has refused it, so nothing was done: a fresh clock, a fresh nonce, a fresh signature, the same order.
    try {
      await measure(skew, service, callOptions.signal);
    } catch (error) {
      if (!isBpError(error)) throw error;
      return read(options, endpoint, first, value, negative); // the refusal says more than a clock that cannot be read
    }
    const second = await once();
    const secondValue = jsonOf(second.text);
    return read(options, endpoint, second, secondValue, negativeOf(second.status, second.text, secondValue));
  };
}

/** Not to be repeated: somebody wanted this order not to be. */
function endedBy({ status, code, message }: Negative, service: Service): BpError {
  const context = {
    venue: `aster-${service}`,
    status,
    code: String(code),
    message: `${message} (its nonce was given to noop)`,
  };
  return new BpError("venue/refused", context);
}

function elsewhere<P>(endpoint: AsterEndpoint<P, unknown>, service: Service): BpError {
  return new BpError("config/invalid", {
    path: "endpoint",
    found: `${endpoint.path}, which is of ${endpoint.service}`,
    expected: `one of ${service}`,
  });
}

/** Reads the venue's clock. That it gave no answer must not look as if the call had been sent. */
async function measure(skew: Skew, service: Service, signal: AbortSignal | undefined): Promise<void> {
  try {
    await skew.sync(signal);
  } catch (error) {
    if (!isBpError(error) || error.retry !== "unknown") throw error;
    const why = `its clock cannot be read: ${error.message}`;
    throw new BpError("venue/unavailable", { venue: `aster-${service}`, why }, { cause: error });
  }
}

function isMeasured({ offsetMs, uncertaintyMs = 0 }: Skew): boolean {
  return offsetMs !== undefined && uncertaintyMs < 1_000;
}

function isNotFound({ status, text }: Answer): boolean {
  return status === 404 && negativeOf(404, text, jsonOf(text))?.code === undefined;
}
