// The pages, and the small things beside them.
import { useEffect, useRef } from "react";
import { useKnown, useSession } from "../feed/session.tsx";
import { useWords } from "../words/language.tsx";
import { Tools } from "./header/Tools.tsx";
import { hashOf, type Route } from "./route.ts";

/** Which page is there for whom. */
export function Nav({ page: current }: { readonly page: Route["page"] }) {
  const words = useWords();
  const list = useRef<HTMLUListElement>(null);
  useEffect(() => {
    // where there is no room for all, the present one can be seen
    const here = list.current?.querySelector("[aria-current]");
    here?.scrollIntoView({ inline: "nearest", block: "nearest" });
  }, [current]);
  const { bot, hello } = useSession();
  const place = useKnown(({ frame }) => frame?.run.place, 1_000);
  const of = bot === undefined || bot === hello.self ? {} : { bot };
  const shown: readonly Route["page"][] = [
    "overview",
    ...(bot === undefined ? [] : (["bot", "why", "log", "params"] as const)),
    ...(bot !== undefined && (place === "sandbox" || current === "faults") ? (["faults"] as const) : []),
    "start",
  ];
  return (
    <div className="bar">
      <nav className="nav" aria-label={words.pages}>
        <ul ref={list}>
          {shown.map((page) => (
            <li key={page}>
              <a href={hashOf({ page, ...of })} aria-current={page === current ? "page" : undefined}>
                {words[`page.${page}`]}
              </a>
            </li>
          ))}
        </ul>
      </nav>
      <Tools />
    </div>
  );
}
