export async function report(run: string | undefined, flags: Readonly<Record<string, unknown>>): Promise<0> {
  void run; void flags;
  return await Promise.resolve(0);
}
