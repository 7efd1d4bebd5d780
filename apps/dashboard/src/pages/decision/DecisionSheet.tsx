// One decision with everything that led to it: what happened, what was known, what was wished, who objected, and what went out.
import type { ReactNode } from "react";
import type { Decision } from "../../contract/index.ts";
import { useSession } from "../../feed/session.tsx";
import { useAnswer } from "../../feed/useAnswer.ts";
import { number, unknown, utc } from "../../panes/format.ts";
import { useReasons } from "../../panes/reasons/useReasons.ts";
import { Sheet } from "../../parts/Sheet.tsx";
import { Refusal, Waiting } from "../../parts/Told.tsx";
import { useWords } from "../../words/language.tsx";
import { Hearings } from "./Hearings.tsx";

/** @param at - `order:4012`, `fill:…`, an event's number */
export function DecisionSheet({ at, onClose }: { readonly at: string; readonly onClose: () => void }) {
  const words = useWords();
  const { bot = "" } = useSession();
  const path = `bots/${encodeURIComponent(bot)}/decision?at=${encodeURIComponent(at)}`;
  const { value, refusal, again } = useAnswer<Decision>(path);
  return (
    <Sheet place="side" title={words["decision.title"]} onClose={onClose}>
      <p className="quiet">{at}</p>
      {value !== undefined ? (
        <Shown decision={value} />
      ) : refusal === undefined ? (
        <Waiting />
      ) : (
        <Refusal refusal={refusal} onAgain={again} />
      )}
    </Sheet>
  );
}

function Shown({ decision }: { readonly decision: Decision }) {
  const words = useWords();
  const tell = useReasons();
  const { event, seq, at, run, judged, books, orders, strategies, hearings, plan, commands, notes, strayed } = decision;
  return (
    <div className="decision">
      <p className="lead">{event}</p>
      <p className="quiet">
        {utc(at)} · {words["decision.event"]} {seq} · {run}
      </p>
      {strayed === undefined ? null : (
        <p className="bad">
          ! {words["decision.strayed"]} ({strayed})
        </p>
      )}
      {judged.done ? null : <p className="warn">{tell(judged.why)}</p>}
      <Part title={words["decision.sent"]} isEmpty={commands.length === 0} nothing={words["decision.sent.none"]}>
        <Lines lines={commands} />
      </Part>
      <Part title={words["decision.plan"]} isEmpty={plan.length === 0}>
        <ul className="lines">
          {plan.map(({ slot, action, text, why }) => (
            <li key={`${slot} ${action} ${text}`}>
              <b>{action}</b> {slot} {text}
              <small className="block">{tell(why)}</small>
            </li>
          ))}
        </ul>
      </Part>
      <Part title={words["decision.heard"]} isEmpty={hearings.length === 0}>
        <Hearings hearings={hearings} />
      </Part>
      <Part title={words["decision.wished"]} isEmpty={strategies.length === 0}>
        {strategies.map(({ name, voice, wishes, remembers }) => (
          <article key={name}>
            <h4>
              {name} {voice === "own" ? null : <small>{voice}</small>}
            </h4>
            {wishes.length === 0 ? <p className="quiet">{words["decision.wished.none"]}</p> : <Lines lines={wishes} />}
            <details>
              <summary>{words["decision.remembers"]}</summary>
              <pre>{remembers}</pre>
            </details>
          </article>
        ))}
      </Part>
      <Part title={words["decision.notes"]} isEmpty={notes.length === 0}>
        <ul className="lines">
          {notes.map(({ rule, why }) => (
            <li key={`${rule} ${why}`}>
              <b>{rule}</b> {tell(why)}
            </li>
          ))}
        </ul>
      </Part>
      <Part title={words["decision.books"]} isEmpty={books.length === 0}>
        <table className="rows is-plain">
          <thead>
            <tr>
              <th scope="col">{words.market}</th>
              <th scope="col" className="figure">
                {words["decision.bid"]}
              </th>
              <th scope="col" className="figure">
                {words["decision.ask"]}
              </th>
              <th scope="col" className="figure">
                {words["decision.position"]}
              </th>
            </tr>
          </thead>
          <tbody>
            {books.map(({ market, bid, ask, position }) => (
              <tr key={market}>
                <th scope="row" data-label={words.market}>
                  {market}
                </th>
                <td data-label={words["decision.bid"]} className="figure">
                  {number(bid)}
                </td>
                <td data-label={words["decision.ask"]} className="figure">
                  {number(ask)}
                </td>
                <td data-label={words["decision.position"]} className="figure">
                  {position === undefined ? unknown : number(position, { signed: true })}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </Part>
      <Part title={words["decision.orders"]} isEmpty={orders.length === 0}>
        <ul className="lines">
          {orders.map(({ slot, text, state }) => (
            <li key={`${slot} ${text}`}>
              {text} <small>{slot}</small> <span className="quiet">{state}</span>
            </li>
          ))}
        </ul>
      </Part>
    </div>
  );
}

interface PartProps {
  readonly title: string;
  readonly isEmpty: boolean;
  /** Said where there is none; left out: the part is not shown then. */
  readonly nothing?: string;
  readonly children: ReactNode;
}

function Part({ title, isEmpty, nothing, children }: PartProps) {
  if (isEmpty && nothing === undefined) return null;
  return (
    <section>
      <h3>{title}</h3>
      {isEmpty ? <p className="quiet">{nothing}</p> : children}
    </section>
  );
}

const Lines = ({ lines }: { readonly lines: readonly string[] }) => (
  <ul className="lines">
    {lines.map((line) => (
      <li key={line}>{line}</li>
    ))}
  </ul>
);
