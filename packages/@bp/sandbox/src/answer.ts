// What a request gets back, and the venue's way of saying no.

/** An HTTP answer: `json` or `text`, or neither for an empty body. */
export interface Answer {
  readonly status: number;
  readonly json?: unknown;
  readonly text?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Leaves a handler early with an answer. It never leaves the package. */
export class Refused extends Error {
  override readonly name = "Refused";
  readonly answer: Answer;
  constructor(answer: Answer) {
    super(JSON.stringify(answer.json ?? answer.text ?? ""));
    this.answer = answer;
  }
}

/** 200 with a body. */
export const ok = (json: unknown): Answer => ({ status: 200, json });

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
