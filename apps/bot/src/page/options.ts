// What a page is made with: uPlot's own files, and the hash by which the page allows its own scripts.
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { BpError } from "@bp/core";
import type { PageOptions } from "@bp/report";
import { messageOf } from "../failures.ts";

/** @throws BpError `config/unreadable` if uPlot's files are not where its package is */
export function pageOptions(language: "en" | "zh"): PageOptions {
  const read = (file: string) => {
    try {
      return readFileSync(createRequire(import.meta.url).resolve(`uplot/dist/${file}`), "utf8");
    } catch (error) {
      throw new BpError("config/unreadable", {
        file: `uplot/dist/${file}`,
        why: `${messageOf(error)}; install the bot again`,
      });
    }
  };
  return {
    chart: { script: read("uPlot.iife.min.js"), style: read("uPlot.min.css") },
    sha256: (text) => createHash("sha256").update(text).digest("base64"),
    language,
  };
}
