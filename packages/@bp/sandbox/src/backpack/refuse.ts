// The venue's way of saying no.
import { type Answer, Refused } from "../answer.ts";

/** The venue's JSON error object under this status. */
export const fault = (status: number, code: string, message: string): Answer => ({ status, json: { code, message } });

/** The venue's JSON error object, thrown. 400 unless said otherwise. */
export function refuse(code: string, message: string, status = 400): never {
  throw new Refused(fault(status, code, message));
}

/** A parse failure before the handler: 400 in plain text. */
export function unreadable(text: string): never {
  throw new Refused({ status: 400, text });
}

/** Nothing there (any more). */
export const notFound: Answer = fault(404, "RESOURCE_NOT_FOUND", "Not Found");
