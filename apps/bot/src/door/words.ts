// What the trading thread and the thread that serves its door say to each other.
import type {
  Ask,
  FaultAsk,
  FillNow,
  Frame,
  Hello,
  News,
  ParamsApply,
  ParamsAsk,
  Refused,
  RunNow,
} from "dashboard/contract";

/** The two tokens of a door. Each is 32 random bytes, base64url; the viewer's may look and not act. */
export interface Tokens {
  readonly operator: string;
  readonly viewer: string;
}

/** Where a door stands, and what it is to know from the beginning. */
export interface DoorData {
  readonly host: string;
  /** Tried one after the other. */
  readonly ports: readonly number[];
  readonly tls: { readonly cert: string; readonly key: string } | undefined;
  readonly tokens: Tokens;
  /** A bot's folder, where it has one: its door's address is written there. */
  readonly folder: string | undefined;
  readonly language: Hello["language"];
  readonly version: string;
  /** Folders of the page, the first that is there counts. */
  readonly pages: readonly string[];
  /** Journals that belong to no bot that runs. */
  readonly journals: readonly string[];
  /** What starts another bot: the script of this program. */
  readonly main: string;
  /** The module of the threads that do what takes long; see desk.ts. */
  readonly desk: string;
}

/** The run behind a door. */
export interface DoorRun {
  readonly id: string;
  readonly place: RunNow["place"];
  /** Full path; `undefined` where there is none to be read. */
  readonly journal: string | undefined;
}

/** What is asked of the trading thread: it alone knows, or may. */
export type DoorAsk =
  | { readonly what: "ask"; readonly ask: Ask["what"] }
  | { readonly what: "params" }
  | { readonly what: "params.plan"; readonly ask: ParamsAsk }
  | { readonly what: "params.apply"; readonly ask: ParamsApply }
  | { readonly what: "faults" }
  | { readonly what: "faults.inject"; readonly ask: FaultAsk }
  | { readonly what: "faults.mend" };

/** What it answers: the body of `requests.ts`, or why not. */
export type DoorAnswer =
  | { readonly ok: object }
  | { readonly refused: Refused; readonly status: 400 | 403 | 404 | 409 | 503 };

/** To the thread of the door. */
export type ToDoor =
  | DoorPost
  | {
      readonly kind: "batch";
      readonly frame: Frame | undefined;
      readonly news: readonly News[];
      readonly fills: readonly FillNow[];
    }
  | { readonly kind: "answer"; readonly id: number; readonly answer: DoorAnswer }
  | { readonly kind: "close" };

/** What a bot tells as it comes; neither waits for anybody. */
export type DoorPost =
  | { readonly kind: "run"; readonly run: DoorRun }
  /** The bot goes, and why: the page is told that no more comes. */
  | { readonly kind: "bye"; readonly why: string };

/** From it. */
export type FromDoor =
  | { readonly kind: "listening"; readonly port: number }
  /** It could not listen, or its files could not be read; nothing more comes. */
  | { readonly kind: "failed"; readonly what: string; readonly hint: string }
  /** A batch was taken in: another may come. */
  | { readonly kind: "ack" }
  | { readonly kind: "watched"; readonly count: number }
  | { readonly kind: "ask"; readonly id: number; readonly ask: DoorAsk };
