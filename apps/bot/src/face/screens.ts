// The screens of all strategies of a run: each is told what its own strategy remembers, and says what its users want to read.
import type { Event, Instrument, Millis } from "@bp/core";
import type { Engine, Note } from "@bp/engine";
import type { Figures } from "@bp/report";
import type { Recipe } from "../wire-up.ts";
import type { FileLine, Line, Moment } from "./system.ts";
import { type AnyFace, systemFaces } from "./systems/index.ts";

/** A line of the run's language, and the same in each. */
export interface Told extends Line {
  readonly said: Readonly<Record<"en" | "zh", string>>;
}

/** What came of an event for the eyes. */
export interface Shown {
  readonly news: readonly Told[];
  readonly files: readonly FileLine[];
  /** Dashboards that are due. */
  readonly panels: readonly (readonly string[])[];
}

/** The screens of a run. */
export interface Screens {
  /** @param notes - what was said about the event */
  step(event: Event, notes: readonly Note[]): Shown;
  /** What belongs at the end. */
  final(): readonly string[];
  /** Whether a strategy of this name has screens of its own: its notes and fills are in them. */
  has(strategy: string): boolean;
}

/** What screens are made from. */
export interface ScreensOptions {
  readonly engine: Engine;
  readonly recipe: Recipe;
  readonly instruments: readonly Instrument[];
  readonly lang: "en" | "zh";
  readonly leverage?: Moment<unknown, unknown>["leverage"];
  readonly figures: () => Figures;
}

interface Screen {
  readonly name: string;
  readonly face: AnyFace;
  before: unknown;
  shownAt: Millis | undefined;
}

const nothing: readonly never[] = [];

/** Makes them. They only read: whatever a screen does, the trader does not know of it. */
export function screensOf(options: ScreensOptions): Screens {
  const { engine, recipe, instruments, lang, leverage, figures } = options;
  const screens = recipe.strategies.flatMap(({ name, use }): readonly Screen[] => {
    const face = Object.hasOwn(systemFaces, use) ? systemFaces[use] : undefined;
    if (face === undefined) return nothing;
    return [
      {
        name,
        face,
        before: engine.memoryOf(name),
        shownAt: undefined,
      },
    ];
  });
  let startedAt: Millis | undefined;
  let last: { readonly event: Event; readonly notes: readonly Note[] } | undefined;
  const momentOf = ({ name, before }: Screen, event: Event, notes: readonly Note[]): Moment<unknown, unknown> => ({
    view: engine.viewOf(name),
    params: engine.paramsOf(name),
    memory: engine.memoryOf(name),
    before,
    event,
    notes,
    instruments,
    startedAt: startedAt ?? event.at,
    lang,
    leverage,
    figures,
  });

  return {
    has: (strategy) => screens.some(({ name }) => name === strategy),
    step: (event, notes) => {
      if (screens.length === 0) return { news: nothing, files: nothing, panels: nothing };
      startedAt ??= event.at;
      last = { event, notes };
      const news: Told[] = [];
      const files: FileLine[] = [];
      const panels: (readonly string[])[] = [];
      for (const screen of screens) {
        const { face } = screen;
        const moment = momentOf(screen, event, notes);
        news.push(...toldBy(face, moment));
        files.push(...(face.files?.(moment) ?? nothing));
        screen.before = moment.memory;
        if (face.everyMs === undefined || event.type !== "timer.fired") continue;
        screen.shownAt ??= event.at;
        if (event.at - screen.shownAt < face.everyMs) continue;
        screen.shownAt = event.at;
        panels.push(face.panel(moment));
      }
      return { news, files, panels };
    },
    final: () => {
      if (last === undefined) return nothing;
      const { event, notes } = last;
      return screens.flatMap((screen) => screen.face.final(momentOf(screen, event, notes)));
    },
  };
}

/** Lines are few: only where there is one, the other language is asked too. Whoever says another number of lines in it has said none. */
function toldBy(face: AnyFace, moment: Moment<unknown, unknown>): readonly Told[] {
  const own = face.news(moment);
  if (own.length === 0) return nothing;
  const linesIn = (lang: "en" | "zh"): readonly Line[] => {
    const lines = lang === moment.lang ? own : face.news({ ...moment, lang });
    return lines.length === own.length ? lines : own;
  };
  const [en, zh] = [linesIn("en"), linesIn("zh")];
  return own.map((line, at) => ({ ...line, said: { en: (en[at] ?? line).text, zh: (zh[at] ?? line).text } }));
}
