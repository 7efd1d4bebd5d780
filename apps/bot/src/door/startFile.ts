// The file of a bot that is started from a form: our own format, no secrets, one strategy.
import type { StartAsk } from "dashboard/contract";
import { Document } from "yaml";

/** What the file holds. */
export function startTree({ use, name, place, values }: StartAsk): Readonly<Record<string, unknown>> {
  return { strategies: [{ name, use, params: values }], run: { place } };
}

/** It as text. */
export function startYaml(ask: StartAsk): string {
  const document = new Document(startTree(ask));
  document.commentBefore = ` Made by the dashboard. By hand: bot start ${ask.name}.yaml --${ask.place}`;
  return document.toString({ lineWidth: 0, flowCollectionPadding: true });
}
