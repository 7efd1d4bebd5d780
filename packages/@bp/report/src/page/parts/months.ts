// The monthly map: years down, months across, each cell coloured by what it earned and saying it.
import type { Period } from "../../analysis/tables.ts";
import { type Html, html } from "../html.ts";
import { percentText, signed } from "../numbers.ts";
import { say } from "../words.ts";

/** Steps of colour on each side of zero. */
const steps = 4;

/** @param most - years that are shown, the newest */
export function monthsPart(months: readonly Period[], years: readonly Period[], most = 20): Html {
  const good = months.filter(({ period }) => /^\d{4}-(0[1-9]|1[0-2])$/.test(period));
  if (good.length === 0) return html`<p class="how">${say("none")}</p>`;
  const byReturn = good.every((each) => each.return !== null);
  const earned = (each: Period | undefined) => (each === undefined ? undefined : byReturn ? each.return : each.profit);
  const strongest = Math.max(...good.map((each) => Math.abs(earned(each) ?? 0)));
  const digits = strongest < 0.001 ? 4 : 2;
  const shown = [...new Set(good.map(({ period }) => period.slice(0, 4)))].toSorted().slice(-most);
  const cell = (each: Period | undefined) => {
    const value = earned(each);
    if (value === undefined || value === null) return html`<td></td>`;
    const text = byReturn ? percentText(value, digits) : signed(value, 2);
    return html`<td class="${heatOf(value, strongest)}">${value > 0 && byReturn ? "+" : ""}${text}</td>`;
  };
  const line = (year: string) => {
    const of = (nth: number) => good.find(({ period }) => period === `${year}-${String(nth + 1).padStart(2, "0")}`);
    return html`<tr><th scope="row">${year}</th>${twelve.map((_, nth) => cell(of(nth)))}${cell(years.find(({ period }) => period === year))}</tr>`;
  };
  return html`<p class="how">${say("monthsHow")}</p><div class="scroll" tabindex="0" role="region"><table class="heat"><caption>${say("months")}</caption><thead><tr><th scope="col">${say("year")}</th>${twelve.map((each) => html`<th scope="col">${each}</th>`)}<th scope="col">Σ</th></tr></thead><tbody>${shown.map(line)}</tbody></table></div>`;
}

const twelve = Array.from({ length: 12 }, (_, nth) => String(nth + 1));

function heatOf(value: number, strongest: number): string {
  if (value === 0 || !(strongest > 0)) return "";
  const step = Math.max(1, Math.ceil((Math.abs(value) / strongest) * steps));
  return `${value > 0 ? "up" : "down"}-${Math.min(steps, step)}`;
}
