// What can be done to a run, and the tour, in English.

/** Acts and tour. */
export const enActs = {
  "act.pause": "Pause",
  "act.pause.say": "Quotes are taken back, positions stay. Resume goes on.",
  "act.resume": "Resume",
  "act.resume.say": "It quotes again.",
  "act.stop": "Stop",
  "act.stop.title": "Stop this run?",
  "act.stop.say":
    "Every order is cancelled, and that is verified with each venue. What is held stays, and nobody watches it then; one leg of a pair without the other is closed. The run is over, and its process ends.",
  "act.flatten": "Flatten",
  "act.flatten.title": "Flatten and end this run?",
  "act.flatten.say":
    "Every order is cancelled and verified. Then everything that this run holds is closed at the market, which costs the spread and taker fees. The run is over.",
  "act.halt": "Kill",
  "act.halt.title": "Kill: stop everything now?",
  "act.halt.say":
    "Every order is cancelled and verified. Nothing is closed: what is held stays, single legs too. Nothing trades on these accounts again until a person runs “bot resume” on the command line.",
  "act.halt.here":
    "Every order is cancelled and verified, nothing is closed. The exchange is part of this bot's process: its accounts end with the run, and a new start trades at once.",
  "act.done": "{act}: handed on.",
  "act.held": "Held now: {held}.",
  "act.held.last": "Held, last known: {held}.",
  "act.hold": "Hold down: {act}",
  "act.type": "or type {word} and press Enter",
  "act.viewer": "This token may look and not act. Open the page with the operator's token.",
  "tour.name": "Tour",
  "tour.step": "Step {step} of 3",
  "tour.next": "Next",
  "tour.back": "Back",
  "tour.end": "Done",
  "tour.away": "Not now",
  "tour.more": "How to do it",
  "tour.params": "Change a parameter, see the next quotes",
  "tour.params.say":
    "Pick one that may change while it runs (a maker's spreadPct, for example), let the plan be shown, and apply it. Then go to the bot: its next quotes stand in the ladder as you said.",
  "tour.params.go": "To the parameters",
  "tour.fault": "Let something go wrong",
  "tour.fault.hedge":
    "Lose Aster's answers for ten seconds: orders that were sent may stand or not, and nobody knows. Watch the hedge pane: what is unhedged is bounded, and is traded back in time.",
  "tour.fault.other":
    "Lose the venue's answers for ten seconds. What the account's stream does not tell instead is shown as unknown, the venue is asked, and nothing is sent twice. To see it with a hedge, start one from the form: its tour loses Aster's answers, and what is unhedged stays bounded.",
  "tour.fault.start": "To the form",
  "tour.fault.go": "Lose the answers for ten seconds",
  "tour.fault.none": "There is no sandbox in this bot's process, so nothing can be made to go wrong here.",
  "tour.report": "Open the report",
  "tour.report.say":
    "Where the money came from and went: spread, fees, funding, what the market did after each fill, and every rule that held something back.",
  "tour.report.none": "This run keeps no journal, so there is no report of it.",
  "tour.watch": "Watch the bot",
} as const;
