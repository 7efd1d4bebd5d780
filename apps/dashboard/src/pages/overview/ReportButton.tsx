// Opens the report of a run in a tab of its own: at an address that needs no token, opens once, and is shut off from this page.
import { useState } from "react";
import { useNotices } from "../../app/notices.tsx";
import type { ReportLink } from "../../contract/index.ts";
import { useSession } from "../../feed/session.tsx";
import { useLanguage, useWords } from "../../words/language.tsx";

/** Of which run of whose journal. */
export interface ReportButtonProps {
  readonly bot: string;
  readonly run: string;
}

/** Where the browser lets no tab open by itself, a link stands there for a minute. */
export function ReportButton({ bot, run }: ReportButtonProps) {
  const words = useWords();
  const { api } = useSession();
  const { refuse } = useNotices();
  const { language } = useLanguage();
  const [isBusy, setBusy] = useState(false);
  const [path, setPath] = useState<string>();
  const show = (link: ReportLink) => {
    // our own door's, and nothing else, whatever it says
    if (!/^\/reports\/[\w-]+$/.test(link.path)) throw new Error(words["report.odd"]);
    // `noopener` tells nothing of whether a tab has opened, so it is cut off by hand
    const tab = globalThis.open("about:blank", "_blank");
    if (tab === null) {
      setPath(link.path);
      setTimeout(setPath, 55_000, undefined);
      return;
    }
    tab.opener = null;
    tab.location.href = new URL(link.path, location.href).href;
  };
  const open = () => {
    setBusy(true);
    const short = language === "en" ? "en" : "zh";
    api
      .ask<ReportLink>(`bots/${encodeURIComponent(bot)}/runs/${encodeURIComponent(run)}/report-link?language=${short}`)
      .then(show)
      .catch(refuse)
      .finally(() => setBusy(false));
  };
  if (path !== undefined)
    return (
      <a href={path} target="_blank" rel="noopener noreferrer" onClick={() => setTimeout(setPath, 0, undefined)}>
        {words["report.here"]}
      </a>
    );
  return (
    <button type="button" disabled={isBusy} aria-busy={isBusy} onClick={open}>
      {isBusy ? words["report.making"] : words["report.open"]}
    </button>
  );
}
