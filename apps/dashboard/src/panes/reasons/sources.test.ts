import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { zhTW as zhTWShell } from "../../words/zhTW.ts";
import { zhTW } from "../words/zhTW.ts";
import { type Sentences, spoken } from "./chinese.ts";
import { sentencesIn } from "./sentences.fixture.ts";
import { traditional } from "./traditional.ts";

/** Who says something that is shown as a reason, a remark or a line of the log: files of the repository. */
const speakers = [
  "packages/@bp/{risk,engine,strategies}/src/**/*.ts",
  "packages/@bp/core/src/fits.ts",
  "packages/@bp/adapter/src/venue/{doubts,links,placing,session}.ts",
  "packages/@bp/transport/src/socket.ts",
  "apps/bot/src/door/feed.ts",
  "apps/bot/src/door/frame/{idle,idleReasons,news,standing,warnings,wishes}.ts",
  "apps/bot/src/door/{app,asked,asks,bearer,body,callers,faults,hub,proxy,records,routes,serve,startBot,starts}.ts",
  "apps/bot/src/door/desk/{desk,turns}.ts",
  "apps/bot/src/operator.ts",
  "apps/bot/src/{ending,opening,session}.ts",
  "apps/bot/src/store/slow.ts",
];
/** Of those, who says it where it is not shown so: parameters and their checks are told by the plan and by complaints, before a run. */
const elsewhere = /\/(params|stopInput|models|names|economics|check|minimum|advice)\.ts$|(laws|test|fixture)\.ts$/;

/** What stays English although they say it, by why it does. */
const left: Readonly<Record<string, readonly string[]>> = {
  "details of the engine, which the log shows to who asks for every line": [
    "fills of order 7 are in no list; the position tells the rest",
    "7 in 7 that is gone is not counted any more, closed 7",
    "at 7",
    "at what they had cost",
    "order 7 is no longer at the venue",
    "order 7 is ours, and the journal has lost it: it is cancelled",
    "order 7 of an earlier run still stands and is cancelled",
    "order 7 stands after all",
    "order 7 stands beside a newer one and is cancelled",
    "the clock of 7 was set by 7 ms",
    "the clock was set back by 7 ms: the run's time goes on where it was",
    "the machine slept or its clock was set: the venues are asked anew",
    "the position in 7 is explained",
    "time has leapt by 7 ms: the venues are asked anew",
    "took over a position of 7 in 7",
    "trade 7 of order 7 came with the venue's list first",
  ],
  "why a venue is asked for its truth: the journal has it, nothing else shows it": [
    "a plan",
    "an order that had been accepted is said to be refused",
    "an order that had ended stands",
    "an order that had ended trades",
    "an order without a slot is cancelled",
    "its clock was set",
    "nothing is known of the account",
    "order 7 has not been answered",
    "order 7 is in doubt",
    "the end is verified",
    "the fate of an order is not known",
    "the machine slept or its clock was set",
    "the market's stream was gone",
    "time has leapt",
    "verify that no order of ours is left",
    "what an order came to is not certain",
  ],
  "why a round was judged: shown is why one was not": [
    "a wish has changed",
    "the event changed what can be seen, or an order, or what is held",
    "the last round is 100 ms old, or older",
    "the round before led to commands",
    "whether everything is halted has changed",
  ],
  "what a door has done: the page says it in words of its own": [
    "everything is mended",
    "it goes wrong now",
    "it quotes again",
    "it wishes nothing until it is resumed: its orders are cancelled, what it holds stays",
    "its accounts end with the run: the exchange is part of its process",
    "its orders are cancelled and verified, what it holds stays; then it ends",
    "its orders are cancelled, what it holds is closed; then it ends",
    "killed: its orders are cancelled, nothing is closed",
    "nothing is traded on these accounts until a person resumes them",
  ],
  "which of two is not known: an answer between desk and door, and no text": ["unknown fault", "unknown venue"],
  "addresses of the door": ["7 /api/bots/:bot/7"],
  "for the terminal and `bot why` alone": [
    "warning: an answer of the dashboard failed: 7\n",
    "an order in it is in doubt",
    "its position is not explained",
    "the journal is quick again: trading goes on",
    "warning: 7; no new orders until it is quick again, what rests is being cancelled",
    "warning: the dashboard shows nothing any more (7); trading goes on",
  ],
  "so short that a pattern of it would fit the words of a venue; what a person asks has a line of its own beside these":
    ["7 by 7", "7 of 7 by 7", "7 is 7"],
  "checks of parameters, which the plan and the form say in English too": [
    ", 7 with 7 % more for each",
    "7 7 are too little for 7 orders of at least 7 7: it needs at least 7 7 before growth7",
    "must name each market once",
  ],
  "amounts of a market that the run does not know": ["7 lots", "7 ticks"],
  "what remembers a verdict, not what tells it": ["trim 7"],
  "a code, as operators know it": ["the journal (7)", "the journal (write failed)"],
};

const root = join(import.meta.dirname, "../../../../..");
const table: Sentences = JSON.parse(readFileSync(join(import.meta.dirname, "chinese.json"), "utf8"));
const files = globSync(speakers, { cwd: root }).filter((name) => !elsewhere.test(name));
const saidIn = (name: string) => sentencesIn(name, readFileSync(join(root, name), "utf8"));
const said = [...new Set(files.flatMap(saidIn))];
/** Where names are given that stand in sentences of others: who asks, who has killed, and why a run ends. */
const naming = [
  "apps/bot/src/door/asked.ts",
  "apps/bot/src/bots/{marks,watchMarks}.ts",
  "apps/bot/src/store/accounts.ts",
  "apps/bot/src/alerts/commands.ts",
  "apps/bot/src/stop.ts",
];
/** Why a run ends, put together out of what several say. */
const ends = [
  "halted: the kill file /1/2 asked for it",
  "halted: the kill file /1/2, which cannot be looked at (EACCES)",
  "halted: the kill switch (account 1/2: its mark /1/2 cannot be looked at (EACCES)) asked for it",
  "halted: the kill switch (Telegram chat 42, account 1/2: its mark /1/2 cannot be looked at (EACCES)) asked for it",
  "Telegram chat -42 asked for it",
  "the output was closed asked for it",
  "failed",
];
const named = globSync(naming, { cwd: root }).flatMap(saidIn);
/** By what other accounts of a bot are killed. */
const passedOn = saidIn("apps/bot/src/bots/registry.ts").map((killWord) => `${killWord} (account 7)`);
/** Names of commands, flags, places and headers stay as they are typed. */
const names =
  /\bbot [a-z]+|--[a-z-]+|\/api\/\w+|\b(?:sandbox|paper)\b|Content-Type: application\/json|Authorization: Bearer/g;
/**
 * What Taiwan writes every day: the 5,401 characters of the first level of Big5, and what we need beyond. No simplified one is among
 * them, but for those that are a traditional one too (`后`, `里`).
 */
const taiwanese = new Set([...firstOfBig5(), "閾"]);
const isEnglish = (text: string) => /[a-z]{2}/.test(text.replaceAll(names, ""));
const chinese = spoken(table);

describe("the table of the bot's sentences", () => {
  it("has every sentence of those who speak, but for those that are named", () => {
    for (const pattern of speakers) expect(globSync(pattern, { cwd: root })).not.toEqual([]);
    const unknown = said.filter((sentence) => isEnglish(chinese["zh-CN"]?.(sentence) ?? sentence));
    expect(unknown.toSorted()).toEqual(Object.values(left).flat().toSorted());
  });

  it("tells who speaks before a note that is shown to everybody", () => {
    const levels = readFileSync(join(root, "apps/bot/src/face/noteLevels.ts"), "utf8");
    const speak = [...levels.matchAll(/^ {2}(\w+): "/gm)].map(([, rule = ""]) => rule);
    expect(speak).toContain("unknown");
    const why = "the position in x is unknown";
    const untold = speak.filter((rule) => isEnglish(chinese["zh-CN"]?.(`${rule}: ${why}`) ?? rule));
    expect(untold).toEqual([]);
  });

  it("says by whom and by what a run is ended", () => {
    const told = ends.map((end) => chinese["zh-CN"]?.(end).replaceAll(/Telegram|EACCES/g, "") ?? end);
    expect(told.filter(isEnglish)).toEqual([]);
  });

  it("has none that nobody says any more", () => {
    const rows = Object.keys(table);
    const marked = Object.fromEntries(
      rows.map((row, at) => [row, `<${at}>${row.replace(/[^#*]/g, "").replaceAll("*", "#")}`]),
    );
    const { "zh-CN": tell = String } = spoken(marked);
    const used = new Set(
      [...said, ...named, ...passedOn, ...ends].flatMap((sentence) =>
        [...tell(sentence).matchAll(/<(\d+)>/g)].map(([, at]) => Number(at)),
      ),
    );
    expect(rows.filter((row, at) => row.includes(" ") && !used.has(at))).toEqual([]);
  });

  it("has as many places in the Chinese as in the English", () => {
    const places = (text: string) => text.match(/[#*]|\$\d/g)?.length ?? 0;
    expect(Object.entries(table).filter(([row, text]) => places(row) !== places(text))).toEqual([]);
  });

  it("is written in traditional characters for Taiwan, as are the lines of the systems' own screens and the page's words", () => {
    const screens = globSync("apps/bot/src/face/systems/**/*.ts", { cwd: root, exclude: ["**/*.test.ts"] }).map(
      (name) => readFileSync(join(root, name), "utf8"),
    );
    expect(screens.join("")).toMatch(/[\u4e00-\u9fff]/);
    const texts = [
      ...[...Object.values(table), ...screens].map(traditional),
      ...[zhTW, zhTWShell].flatMap((words) => Object.values(words)),
    ];
    const written = texts.join("").match(/\p{Script=Han}/gu) ?? [];
    expect([...new Set(written)].filter((letter) => !taiwanese.has(letter))).toEqual([]);
  });
});

/** By the platform's own table: A440 to C67E. */
function* firstOfBig5(): Generator<string> {
  const big5 = new TextDecoder("big5", { fatal: true });
  for (let lead = 0xa4; lead <= 0xc6; lead++)
    for (let trail = 0x40; trail <= (lead === 0xc6 ? 0x7e : 0xfe); trail++)
      if (trail <= 0x7e || trail >= 0xa1) yield big5.decode(Uint8Array.of(lead, trail));
}
