// Which page stands at which place.
import { useSession } from "../feed/session.tsx";
import { BotView } from "../pages/BotView.tsx";
import { DecisionSheet } from "../pages/decision/DecisionSheet.tsx";
import { Faults } from "../pages/Faults.tsx";
import { Log } from "../pages/log/Log.tsx";
import { Overview } from "../pages/overview/Overview.tsx";
import { Params } from "../pages/params/Params.tsx";
import { Start } from "../pages/Start.tsx";
import { WhyPage } from "../pages/WhyPage.tsx";
import { useWords } from "../words/language.tsx";
import type { Route } from "./route.ts";
import { openDecision } from "./useRoute.ts";

/** It, and a decision beside it. */
export function Page({ route: { page, decision } }: { readonly route: Route }) {
  const words = useWords();
  const { bot } = useSession();
  const isOfBot = page !== "overview" && page !== "start";
  return (
    <>
      {isOfBot && bot === undefined ? <p className="told">{words["bot.none"]}</p> : <Shown key={bot} page={page} />}
      {decision === undefined || bot === undefined ? null : (
        <DecisionSheet key={decision} at={decision} onClose={() => openDecision(undefined)} />
      )}
    </>
  );
}

function Shown({ page }: { readonly page: Route["page"] }) {
  switch (page) {
    case "overview":
      return <Overview />;
    case "bot":
      return <BotView />;
    case "why":
      return <WhyPage />;
    case "log":
      return <Log />;
    case "params":
      return <Params />;
    case "faults":
      return <Faults />;
    case "start":
      return <Start />;
  }
}
