import { it } from "vitest";
import { btc, layBench } from "./bench.ts";
it("dbg", () => {
  const log: string[] = [];
  const bench = layBench({ market: btc, price: ["59999", "60001", "60000"], watch: (event, notes, engine) => {
    const m = engine.memoryOf("ladder") as any;
    log.push(`${event.at % 100000} ${event.type} ${"price" in event ? event.price : ""} b${engine.view.book(btc.id).bid?.[0]} a${engine.view.book(btc.id).ask?.[0]} l${engine.view.last(btc.id)} ${m.phase} ${JSON.stringify(m.targets)} ${JSON.stringify(m.seen)} ${notes.map((n) => n.why).join("|")}`);
  } });
  bench.run(2000);
  const n = log.length;
  bench.price("58949", "58950", "58950");
  bench.run(2000);
  bench.price("59452", "59454", "59453");
  bench.run(100);
  console.log(log.slice(n).join("\n"), bench.placed(), bench.cancels());
});
