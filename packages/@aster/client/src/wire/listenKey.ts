// The key of the private stream. It is no secret of the account, but whoever has it reads along.
import * as z from "zod";

/** One key an account: asking again gives the same one and prolongs it. */
export const listenKeyAnswer = z.object({ listenKey: z.string().min(1) });
/** The key of the private stream, good for 60 minutes. */
export type ListenKey = z.infer<typeof listenKeyAnswer>;

/** Which key. Futures do not need to be told and spot does: always tell. */
export const listenKeyParams = z.strictObject({ listenKey: z.string().min(1) });
/** Parameters of `keepListenKey` and `closeListenKey`. */
export type ListenKeyParams = z.infer<typeof listenKeyParams>;

/** `gone`: the venue knows no such key any more (-1125); make a new one and connect anew. */
export type ListenKeyState = { readonly state: "kept" | "closed" | "gone" };

/** Reads `{}` as the state that was asked for. */
export const listenKeyState = (state: "kept" | "closed") => z.object({}).transform((): ListenKeyState => ({ state }));

/** -1125 says that the key is gone. */
export const goneKey = ({
  code,
}: {
  readonly code: string | undefined;
}): { readonly answer: ListenKeyState } | undefined => (code === "-1125" ? { answer: { state: "gone" } } : undefined);
