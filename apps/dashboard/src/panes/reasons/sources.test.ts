import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { en } from "../words/en.ts";
import { zhCN } from "../words/zhCN.ts";
import { zhTW } from "../words/zhTW.ts";
import { type Sentences, spoken } from "./chinese.ts";
import { sentencesIn } from "./sentences.fixture.ts";

/** Who says something that is shown with its reason: files of the repository. */
const speakers = ["packages/@bp/risk/src/rules/*.ts", "apps/bot/src/door/frame/wishes.ts"];

/** What stays English although they say it, by why it does. */
const left: Readonly<Record<string, readonly string[]>> = {
  "rare and long, and the page has no room for it": [
    "initial margin of 7 7 needed with everything that works, 7 available at 7",
    "equity of 7 7 at 7 may carry 7 times as much: room to 7 7 7",
    "7 would be liquidated at 7, 7 % from the mark of 7",
    "7 if this fills, at least 7 %",
    "7, at least 7 %",
    "7: equity is 7 % below its highest, new orders are 7 of their size",
    "lost 7: equity 7 is 7 % below 7 at the start, limit 7",
    "7 % or 7",
  ],
};

const root = join(import.meta.dirname, "../../../../..");
const table: Sentences = JSON.parse(readFileSync(join(import.meta.dirname, "chinese.json"), "utf8"));
const files = globSync(speakers, { cwd: root }).filter((name) => !/\.(test|fixture)\.ts$/.test(name));
const said = [...new Set(files.flatMap((name) => sentencesIn(name, readFileSync(join(root, name), "utf8"))))];
const isEnglish = (text: string) => /[a-z]{2}/.test(text);
const chinese = spoken(table);
const told = (language: string) => said.map((sentence) => chinese[language]?.(sentence) ?? sentence);

describe("the table of the bot's sentences", () => {
  it("has every sentence of those who speak, but for those that are named", () => {
    expect(files.length).toBeGreaterThan(speakers.length);
    const unknown = said.filter((sentence) => isEnglish(chinese["zh-CN"]?.(sentence) ?? sentence));
    expect(unknown.toSorted()).toEqual(Object.values(left).flat().toSorted());
  });

  it("has none that nobody says any more", () => {
    const rows = Object.keys(table.sentences);
    const marked = Object.fromEntries(
      rows.map((row, at) => [row, `<${at}>${row.replace(/[^#*]/g, "").replaceAll("*", "#")}`]),
    );
    const { "zh-CN": tell = String } = spoken({ words: [], letters: "", sentences: marked });
    const used = new Set(
      said.flatMap((sentence) => [...tell(sentence).matchAll(/<(\d+)>/g)].map(([, at]) => Number(at))),
    );
    expect(rows.filter((row, at) => row.includes(" ") && !used.has(at))).toEqual([]);
  });

  it("has as many places in the Chinese as in the English", () => {
    const places = (text: string) => text.match(/[#*]|\$\d/g)?.length ?? 0;
    const odd = Object.entries(table.sentences).filter(([row, text]) => places(row) !== places(text));
    expect(odd).toEqual([]);
  });

  it("is written in traditional characters for Taiwan, and knows no more of them than it needs", () => {
    const simplified = new Set(Object.values(zhCN).join(""));
    for (const letter of [...Object.values(zhTW), ...Object.values(en)].join("")) simplified.delete(letter);
    const written = told("zh-TW").join("");
    expect([...new Set(written)].filter((letter) => simplified.has(letter))).toEqual([]);
    const used = Object.values(table.sentences).join("");
    const letters = [...table.letters.matchAll(/(.)./gu)].map(([, letter = ""]) => letter);
    expect(letters.filter((letter) => !used.includes(letter))).toEqual([]);
    expect(table.words.filter(([word]) => !used.includes(word))).toEqual([]);
  });
});
