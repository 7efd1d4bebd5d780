// Commands of the documents that no test runs as they stand, each with the reason, and how many there may be.

/** Why commands are not run, and which ones. */
export interface Reason {
  readonly why: string;
  readonly command: RegExp;
  /** So many at most: one more is a decision, made here. */
  readonly atMost: number;
}

export const reasons: readonly Reason[] = [
  {
    why: "installs from the registry; scripts/pack-smoke.mjs installs the same from tarballs",
    command: /^(npm install|pnpm add|pnpm install|npx (-y )?@bp\/bot)\b/,
    atMost: 24,
  },
  { why: "the whole suite", command: /^(npm|pnpm) (test|run ci)\b/, atMost: 2 },
  { why: "a part of the suite, which runs it anyway", command: /^(\w+=\S+ )?npx vitest run\b/, atMost: 4 },
  {
    why: "measures for minutes; the tests of bench and tools try a short one",
    command: /^pnpm (bench|soak|mutation|run measure:dashboard)\b|^MUTATION_WORKERS=\d pnpm mutation\b/,
    atMost: 14,
  },
  {
    why: "hours of a processor; test/recovery/kills.test.ts runs some steps",
    command: /^node \S+ apps\/bot\/test\/recovery\/all\.ts\b/,
    atMost: 3,
  },
  { why: "needs a Redis of its own; test/sweep has one where there is one", command: /redis:/, atMost: 2 },
  {
    why: "fifteen seconds a trial; test/torture runs one over the wire",
    command: /^bot torture .*--wire\b/,
    atMost: 3,
  },
  {
    why: "asks the door of a bot that runs, with its token; the tests beside apps/bot/src/door do",
    command: /^curl .*127\.0\.0\.1:4480\//,
    atMost: 4,
  },
  {
    why: "shows the dashboards of bots that run; test/address.test.ts has one",
    command: /^bot dashboard --address$/,
    atMost: 1,
  },
  { why: "a menu, which test/menu.test.ts answers", command: /^bot --cli$/, atMost: 2 },
  { why: "waits for a person's yes; test/watchdog resumes accounts", command: /^bot resume\b/, atMost: 1 },
  { why: "names files by signs that stand for the reader's own", command: /^export \w+=/, atMost: 4 },
  {
    why: "changes the system, or needs a program that is not here: Docker",
    command: /^(docker|podman|cd apps\/bot\/deploy|mkdir \S+( 700)? secrets)\b/,
    atMost: 20,
  },
  {
    why: "changes the system, or needs a program that is not here: systemd",
    command: /^(sudo|systemctl|journalctl)\b/,
    atMost: 24,
  },
  { why: "changes the system, or needs a program that is not here: PM2", command: /^pm2\b/, atMost: 2 },
  { why: "writes the reports of the types, which a gate compares", command: /api-reports\.mjs --write$/, atMost: 1 },
  {
    why: "builds the page or weighs it, as the tests of apps/dashboard do",
    command: /^node apps\/dashboard\/scripts\/\w+\.mjs$/,
    atMost: 2,
  },
  { why: "builds the site, as the gate does", command: /^pnpm --filter site\b/, atMost: 2 },
];

/** Blocks that another test runs from beginning to end, by document: that test, and how many blocks. */
export const elsewhere: ReadonlyMap<string, { readonly test: string; readonly blocks: number }> = new Map([
  ["docs/data.md", { test: "apps/bot/test/dataDocs.test.ts", blocks: 1 }],
  ["docs/report.md", { test: "apps/bot/test/page/docs.test.ts", blocks: 1 }],
  ["docs/sweeps.md", { test: "apps/bot/test/sweep.test.ts", blocks: 1 }],
  ["docs/resim.md", { test: "apps/bot/test/resim.test.ts", blocks: 1 }],
]);
