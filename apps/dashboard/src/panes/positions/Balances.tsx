// What each account holds of each asset.
import type { Frame } from "../../contract/index.ts";
import { Nothing, PaneBox } from "../common/PaneBox.tsx";
import { usePaneWords } from "../common/setting.tsx";
import { useSlice } from "../common/useSlice.ts";
import { number } from "../format.ts";

/** One table over all accounts. */
export function Balances({ frame }: { readonly frame: Frame }) {
  const words = usePaneWords();
  const accounts = useSlice(frame.accounts.map(({ venue, name, balances }) => ({ venue, name, balances })));
  return (
    <PaneBox name="balances" title={words.balances}>
      {accounts.length === 0 ? (
        <Nothing>{words["balances.none"]}</Nothing>
      ) : (
        <table className="pane-table">
          <thead>
            <tr>
              <th scope="col">{words.account}</th>
              <th scope="col">{words.asset}</th>
              <th scope="col" className="figure">
                {words.total}
              </th>
              <th scope="col" className="figure">
                {words.free}
              </th>
            </tr>
          </thead>
          {accounts.map(({ venue, name, balances }) => (
            <tbody key={venue}>
              {balances.map(({ asset, total, free }, index) => (
                <tr key={asset}>
                  {index > 0 ? null : (
                    <th scope="rowgroup" rowSpan={balances.length}>
                      {venue}
                      {name === venue || name === "" ? null : <small> {name}</small>}
                    </th>
                  )}
                  <td>{asset}</td>
                  <td className="figure">{balance(total)}</td>
                  <td className="figure">{balance(free)}</td>
                </tr>
              ))}
            </tbody>
          ))}
        </table>
      )}
    </PaneBox>
  );
}

/** Small holdings of a dear asset count: six digits where it is below a hundred. */
const balance = (text: string): string => number(text, { places: /^-?\d{3}/.test(text) ? 2 : 6 });
