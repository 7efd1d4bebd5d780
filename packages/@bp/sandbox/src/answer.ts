// What a request gets back.

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
