// What to do about an error code of the venue. Their names are in `errorCodes.ts`: a call does not need them.

/**
 * What to do about a failure. `permanent`: mend the request. `retry`: later. `unknown`: an order may stand; ask before sending again
 * (a reading call: later). `fine`: it is so already. `resign`: the clock, the nonce or the signature; once more with fresh ones.
 * `stop`: stop trading and look. `gone`: what is named does not exist (any more).
 */
export type CodeAction = "permanent" | "retry" | "unknown" | "fine" | "resign" | "stop" | "gone";

/** Codes that are not simply a mistake in the request. */
const actions: Readonly<Record<Exclude<CodeAction, "permanent">, readonly number[]>> = {
  unknown: [-1000, -1001, -1006, -1007, -4083],
  retry: [-1003, -1015, -1112, -4131],
  resign: [-1021, -1022, -4225],
  fine: [-4046, -4059, -4115, -4171],
  gone: [-1125, -2011, -2013],
  stop: [-1002, -1004, -1005, -1011, -1016, -2014, -2015, -2023, -4056, -4057, -4061, -4087, -4088, -4140, -4141],
};

/**
 * What to do about a code. -1000 says three things, which only its text tells apart: a bad signature, a bad symbol, an unknown failure.
 */
export function actionOf(code: number, message: string): CodeAction {
  if (/\bnonce\b/i.test(message) && usualAction(code) === "permanent") return "resign";
  if (code === -1000 && /signature|nonce/i.test(message)) return "resign";
  if (code === -1000 && /invalid symbol/i.test(message)) return "permanent";
  return usualAction(code);
}

/** What to do about a code, whatever its text. One that is not known is `permanent`: the venue has refused with a word of its own. */
export function usualAction(code: number): CodeAction {
  for (const [action, codes] of Object.entries(actions)) if (codes.includes(code)) return action as CodeAction; // the keys of `actions`
  return "permanent";
}
