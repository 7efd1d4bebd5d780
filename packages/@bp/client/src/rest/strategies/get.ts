// GET /api/v1/strategy: a strategy that runs.
import { type Strategy, strategy } from "../../wire/strategy.ts";
import type { Endpoint } from "../endpoint.ts";
import { type WhichStrategy, whichStrategy } from "./which.ts";

/**
 * `GET /api/v1/strategy`, instruction `strategyQuery`. `undefined` where none runs under that id (404): the history tells what became of it.
 *
 * @see https://docs.backpack.exchange/#tag/Strategy/operation/get_strategy
 */
export const get: Endpoint<WhichStrategy, Strategy | undefined> = {
  method: "GET",
  path: "/api/v1/strategy",
  instruction: "strategyQuery",
  params: whichStrategy,
  answer: strategy,
  lane: "read",
  instead: ({ code }) => (code === "RESOURCE_NOT_FOUND" ? { answer: undefined } : undefined),
};
