// What a change would do now, before it does it.
import type { ParamsPlan, PlannedOrder } from "../../contract/index.ts";
import { fill } from "../../panes/common/setting.tsx";
import { number } from "../../panes/format.ts";
import { useWords } from "../../words/language.tsx";

/** Values from and to; orders kept, cancelled, placed; what rules would hold back. */
export function PlanView({ plan }: { readonly plan: ParamsPlan }) {
  const words = useWords();
  const { values, refused, keep, cancel, place, bound, warnings } = plan;
  return (
    <section className="plan" aria-label={words["plan.title"]} aria-live="polite">
      <h3>{words["plan.title"]}</h3>
      {refused === undefined ? null : (
        <p className="bad" role="alert">
          ✕ {words["plan.refused"]} {refused.why} <small>{refused.hint}</small>
        </p>
      )}
      <ul className="lines">
        {values.map((each) => (
          <li key={each.key}>
            <b>{fill(words["plan.values"], { ...each })}</b>
          </li>
        ))}
      </ul>
      {keep.length + cancel.length + place.length === 0 ? (
        <p className="quiet">{words["plan.nothing"]}</p>
      ) : (
        <div className="plan-orders">
          <Orders title={words["plan.cancel"]} sign="−" orders={cancel} />
          <Orders title={words["plan.place"]} sign="+" orders={place} />
          <Orders title={words["plan.keep"]} sign="=" orders={keep} />
        </div>
      )}
      {bound.length === 0 ? null : (
        <>
          <h3>{words["plan.bound"]}</h3>
          <ul className="lines">
            {bound.map(({ slot, rule, why }) => (
              <li key={`${slot} ${rule}`} className="warn">
                ◐ {slot}: {rule} <small>{why}</small>
              </li>
            ))}
          </ul>
        </>
      )}
      {warnings.length === 0 ? null : (
        <>
          <h3>{words["plan.warnings"]}</h3>
          <ul className="lines">
            {warnings.map((warning) => (
              <li key={warning} className="warn">
                ▲ {warning}
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}

interface OrdersProps {
  readonly title: string;
  readonly sign: string;
  readonly orders: readonly PlannedOrder[];
}

function Orders({ title, sign, orders }: OrdersProps) {
  return (
    <div>
      <h3>
        {title} <small>{orders.length}</small>
      </h3>
      <ul className="lines">
        {orders.map(({ slot, market, side, price, size }) => (
          <li key={`${market} ${slot} ${price}`}>
            {sign} <span className={side}>{side === "buy" ? "▲" : "▼"}</span> {number(size)} @ {number(price)}{" "}
            <small>
              {slot} · {market}
            </small>
          </li>
        ))}
      </ul>
    </div>
  );
}
