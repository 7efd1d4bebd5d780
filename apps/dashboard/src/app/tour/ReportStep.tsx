// The third step of the tour: the report of the run that goes on.
import { useFrame, useSession } from "../../feed/session.tsx";
import { ReportButton } from "../../pages/overview/ReportButton.tsx";
import { useWords } from "../../words/language.tsx";

/** A button, where the run keeps a journal. */
export function ReportStep() {
  const words = useWords();
  const { bot } = useSession();
  const run = useFrame(({ run: { id, hasJournal } }) => ({ id, hasJournal }));
  if (bot === undefined || run === undefined || !run.hasJournal) return <p>{words["tour.report.none"]}</p>;
  return (
    <>
      <p>{words["tour.report.say"]}</p>
      <ReportButton bot={bot} run={run.id} />
    </>
  );
}
