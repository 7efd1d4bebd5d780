// One call: check what goes out, sign it, send it, read what comes back, say what it means.
import { checkParams, crash, jsonOf } from "@bp/adapter";
import { BpError, isBpError } from "@bp/core";
import type { Answer, Skew } from "@bp/transport";
import { ask, type Job, type Sending } from "./ask.ts";
import { hidden, isDoubtful, mayResign, type Negative, negativeOf } from "./failure.ts";
import { pairsOf } from "./pairs.ts";
import { isOwnWord, kindOf, type Reading, read } from "./read.ts";
import { type AsterCallOptions, type AsterEndpoint, type Call, costOf, type Service } from "./rest/endpoint.ts";
import { wayOf } from "./way.ts";

/** Nonces whose orders `noop` was to end: those are not sent again with another one. */
const remembered = 100;

/**
 * Makes the function that all endpoints of a service go through.
 *
 * It throws `config/invalid` for bad parameters and for a call that this key cannot make, `signing/nonce-*`, `transport/*`, and of the venue:
 * `venue/refused`, `venue/rate-limited`, `venue/unavailable`, `venue/expired` (after one try more with a fresh clock and signature),
 * `venue/unknown-outcome` for a call that changes something and whose answer does not tell, and for an order whose nonce was refused,
 * `wire/schema` and `wire/not-json` for one that reads.
 */
export function createCall(options: Sending & Reading): Call {
  const { service, skew, signer } = options;
  const ended: number[] = [];
  return async <P, A>(endpoint: AsterEndpoint<P, A>, input: P, callOptions: AsterCallOptions = {}): Promise<A> => {
    if (endpoint.service !== service) throw elsewhere(endpoint, service);
    const params = checked(endpoint, input);
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
      isWell: (answer) => isOwnWord(options, endpoint, params, answer),
      hear: (used) => {
        nonce = used;
        if (endpoint.reusesNonce === true && ended.push(used) > remembered) ended.shift();
        try {
          callOptions.onNonce?.(used);
        } catch (error) {
          crash(error); // a mistake of the program, and no reason to stop halfway
        }
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
    const kind = kindOf(endpoint);
    const own = way.signed && job.nonce === undefined ? negative : undefined;
    const again = own !== undefined && mayResign(own, kind);
    const doubtful = own !== undefined && isDoubtful(own, kind);
    if ((again || doubtful) && nonce !== undefined && ended.includes(nonce)) throw endedBy(own, service);
    if (doubtful) await skew.sync(callOptions.signal).catch(() => undefined); // or the next one would be refused too
    if (!again) return read(options, endpoint, params, first, value, negative);
    // The venue has refused it, so nothing was done: a fresh clock, a fresh nonce, a fresh signature, the same order.
    try {
      await measure(skew, service, callOptions.signal);
    } catch (error) {
      if (!isBpError(error)) throw error;
      return read(options, endpoint, params, first, value, negative); // the refusal says more than a clock that cannot be read
    }
    const second = await once();
    const secondValue = jsonOf(second.text);
    const secondNegative = negativeOf(second.status, second.text, secondValue);
    return read(options, endpoint, params, second, secondValue, secondNegative);
  };
}

/** Parameters as they may go out. Nothing that looks like a key is shown by the failure. */
function checked<P>(endpoint: AsterEndpoint<P, unknown>, input: P): P {
  try {
    return checkParams(endpoint, input);
  } catch (error) {
    if (!isBpError(error, "config/invalid")) throw error;
    const found = hidden(error.context.found);
    throw found === error.context.found ? error : new BpError("config/invalid", { ...error.context, found });
  }
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
