// The figures that a bot and a run have alike, as cells of their lists.
import type { RunLine } from "../../contract/index.ts";
import { money, tone, unknown } from "../../panes/format.ts";
import { useWords } from "../../words/language.tsx";

/** Heads of the columns, in the order of the cells. */
export function FigureHeads() {
  const words = useWords();
  return (
    <>
      {(["net", "volume", "fills"] as const).map((word) => (
        <th key={word} scope="col" className="figure">
          {words[word]}
        </th>
      ))}
      <th scope="col" className="figure" title={words["cost.say"]}>
        {words.cost}
      </th>
    </>
  );
}

/** On a narrow page each cell has its column's name before it. */
export function FigureCells({ brief }: { readonly brief: RunLine["brief"] }) {
  const words = useWords();
  return (
    <>
      <td data-label={words.net} className={`figure ${tone(brief?.net)}`}>
        {money(brief?.net, true)} <small>{brief?.quote}</small>
      </td>
      <td data-label={words.volume} className="figure">
        {money(brief?.volume)}
      </td>
      <td data-label={words.fills} className="figure">
        {brief?.fills ?? unknown}
      </td>
      <td data-label={words.cost} className="figure">
        {money(brief?.costPer10k)}
      </td>
    </>
  );
}
