// How far each book is to be believed, and how old it is.
import { memo } from "react";
import type { MarketNow } from "../../contract/index.ts";
import { fill, usePaneWords } from "../common/setting.tsx";
import { duration } from "../format.ts";
import { beliefIn } from "../ladder/touch.ts";

interface BooksProps {
  readonly books: readonly Pick<MarketNow, "id" | "bookIsValid" | "bookAt">[];
  /** By the market's clock. */
  readonly now: number;
}

const tones = { good: ["good", "●"], old: ["warn", "◌"], invalid: ["bad", "✕"], none: ["warn", "?"] } as const;

/** A row for each market. */
export const Books = memo(function Books({ books, now }: BooksProps) {
  const words = usePaneWords();
  return (
    <table className="pane-table pane-books">
      <caption>{words["health.books"]}</caption>
      <thead>
        <tr>
          <th scope="col">{words.market}</th>
          <th scope="col">{words["health.belief"]}</th>
          <th scope="col" className="figure">
            {words["health.age"]}
          </th>
        </tr>
      </thead>
      <tbody>
        {books.map((book) => {
          const { belief, ageMs } = beliefIn(book, now);
          const [tone, sign] = tones[belief];
          return (
            <tr key={book.id}>
              <th scope="row">{book.id}</th>
              <td className={tone}>
                {sign} {fill(words[`book.${belief}`], { age: duration(ageMs) })}
              </td>
              <td className="figure">{ageMs !== undefined && ageMs < 1_000 ? "< 1 s" : duration(ageMs)}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
});
