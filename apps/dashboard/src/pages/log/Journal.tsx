// The journal, newest first, page by page; a search goes on where it stopped.
import { type FormEvent, useCallback, useEffect, useId, useState } from "react";
import { openDecision } from "../../app/useRoute.ts";
import type { JournalLine, JournalPage } from "../../contract/index.ts";
import { type DoorRefusal, refusalOf } from "../../feed/api.ts";
import { useSession } from "../../feed/session.tsx";
import { clock, utc } from "../../panes/format.ts";
import { Refusal } from "../../parts/Told.tsx";
import { useWords } from "../../words/language.tsx";

const dirSigns = { in: "←", out: "→", note: "·" } as const;

/** What was found so far. */
interface Found {
  readonly find: string;
  readonly entries: readonly JournalLine[];
  readonly before?: number;
}

/** Each line opens the decision that it is, or came of. */
export function Journal() {
  const words = useWords();
  const id = useId();
  const { api, bot = "" } = useSession();
  const [find, setFind] = useState("");
  const [found, setFound] = useState<Found>();
  const [refusal, setRefusal] = useState<DoorRefusal>();
  const [isBusy, setBusy] = useState(false);

  const load = useCallback(
    (wanted: string, so: Found | undefined, signal?: AbortSignal) => {
      const query = new URLSearchParams({ limit: "100" });
      if (wanted !== "") query.set("find", wanted);
      if (so?.before !== undefined) query.set("before", String(so.before));
      setBusy(true);
      setRefusal(undefined);
      api
        .ask<JournalPage>(`bots/${encodeURIComponent(bot)}/journal?${query}`, signal === undefined ? {} : { signal })
        .then(({ entries, before }) =>
          setFound({
            find: wanted,
            entries: [...(so?.entries ?? []), ...entries],
            ...(before === undefined ? {} : { before }),
          }),
        )
        .catch((error: unknown) => {
          if (signal?.aborted !== true) setRefusal(refusalOf(error));
        })
        .finally(() => setBusy(false));
    },
    [api, bot],
  );
  useEffect(() => {
    const aborter = new AbortController();
    load("", undefined, aborter.signal);
    return () => aborter.abort();
  }, [load]);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    load(find.trim(), undefined);
  };
  const entries = found?.entries ?? [];
  return (
    <>
      <search>
        <form className="filters" onSubmit={submit}>
          <label htmlFor={id}>{words.search}</label>
          <input id={id} type="search" value={find} onChange={({ target }) => setFind(target.value)} />
          <button type="submit" disabled={isBusy}>
            {words["log.find"]}
          </button>
          <span className="quiet">{words["log.journal.say"]}</span>
        </form>
      </search>
      <section className="pane" aria-label={words["log.journal"]} aria-busy={isBusy}>
        {refusal === undefined ? null : <Refusal refusal={refusal} onAgain={() => load(find.trim(), undefined)} />}
        <ol className="journal">
          {entries.map((line) => (
            <Line key={line.seq} line={line} />
          ))}
        </ol>
        {found !== undefined && entries.length === 0 ? (
          <p className="quiet">{found.before === undefined ? words["log.nothing"] : words["log.nothing.yet"]}</p>
        ) : null}
        {found?.before === undefined ? null : (
          <button type="button" disabled={isBusy} onClick={() => load(found.find, found)}>
            {isBusy ? words.waiting : words["log.more"]}
          </button>
        )}
      </section>
    </>
  );
}

function Line({ line: { seq, event, at, dir, type, say } }: { readonly line: JournalLine }) {
  const words = useWords();
  return (
    <li>
      <span className="quiet" title={words[`log.${dir}`]}>
        {dirSigns[dir]}
      </span>
      <time dateTime={new Date(at).toISOString()} title={utc(at)}>
        {clock(at, Date.now())}
      </time>
      <span className="quiet seq">{seq}</span>
      <code>{type}</code>
      <button type="button" className="plain" onClick={() => openDecision(String(event))}>
        {say === "" ? type : say}
      </button>
    </li>
  );
}
