// A mistake of ours in the middle of a run, whose error holds on to everything that it could.
setTimeout(() => {
  throw new Error("planted", { cause: { argv: process.argv.slice(0, 1) } });
}, Number(process.env["CRASH_AFTER_MS"]));
