// What a failure says, whoever threw it.

/** Its message; of what is no error, its text. */
export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** What the file system calls a failure, such as `EACCES`; of other failures, their text. */
export const systemCodeOf = (error: unknown): string =>
  error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : String(error);
