// Listens to the keys, and lists them.
import { useEffect, useId, useRef, useState } from "react";
import { useSession } from "../feed/session.tsx";
import { Sheet } from "../parts/Sheet.tsx";
import { useWords } from "../words/language.tsx";
import { useActs } from "./acts/ActsProvider.tsx";
import { createShortcuts, places } from "./shortcuts.ts";
import { useTour } from "./tour/Tour.tsx";
import { go } from "./useRoute.ts";

const helpAsked = new EventTarget();

/** Opens the list of keys. */
export function showKeys(): void {
  helpAsked.dispatchEvent(new Event("show"));
}

const isField = (target: EventTarget | null) =>
  target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|SELECT|TEXTAREA)$/.test(target.tagName));

/** Single keys can be switched off: who speaks to his computer would press them by accident. */
export function Keys() {
  const words = useWords();
  const id = useId();
  const acts = useActs();
  const tour = useTour();
  const { bot, hello, store } = useSession();
  const [isShown, setShown] = useState(false);
  const [isOn, setOn] = useState(() => localStorage.getItem("keys") !== "off");
  const read = useRef(createShortcuts());

  useEffect(() => {
    const show = () => setShown(true);
    helpAsked.addEventListener("show", show);
    return () => helpAsked.removeEventListener("show", show);
  }, []);

  useEffect(() => {
    if (!isOn) return undefined;
    const pressed = (event: KeyboardEvent) => {
      const { key, target, timeStamp } = event;
      if (document.querySelector("dialog[open]") !== null) return;
      const hasModifier = event.ctrlKey || event.metaKey || event.altKey;
      const wanted = read.current({ key, at: timeStamp, hasModifier, isTyped: isField(target) });
      if (wanted === undefined) return;
      event.preventDefault();
      if ("go" in wanted) go({ page: wanted.go, ...(bot === undefined || bot === hello.self ? {} : { bot }) });
      else if ("act" in wanted)
        acts(wanted.act === "pause" && store.get().frame?.run.state === "paused" ? "resume" : wanted.act);
      else if (wanted.show === "help") setShown(true);
      else document.querySelector<HTMLElement>("input[type=search]")?.focus();
    };
    addEventListener("keydown", pressed);
    return () => removeEventListener("keydown", pressed);
  }, [acts, bot, hello.self, isOn, store]);

  if (!isShown) return null;
  return (
    <Sheet title={words.help} onClose={() => setShown(false)}>
      <dl className="keys">
        {Object.entries(places).map(([key, page]) => (
          <div key={key}>
            <dt>
              <kbd>g</kbd> <kbd>{key}</kbd>
            </dt>
            <dd>{words[`page.${page}`]}</dd>
          </div>
        ))}
        <div>
          <dt>
            <kbd>p</kbd>
          </dt>
          <dd>
            {words["act.pause"]} / {words["act.resume"]}
          </dd>
        </div>
        <div>
          <dt>
            <kbd>k</kbd>
          </dt>
          <dd>{words["keys.kill"]}</dd>
        </div>
        <div>
          <dt>
            <kbd>/</kbd>
          </dt>
          <dd>{words["keys.search"]}</dd>
        </div>
        <div>
          <dt>
            <kbd>?</kbd>
          </dt>
          <dd>{words["keys.help"]}</dd>
        </div>
        <div>
          <dt>
            <kbd>Esc</kbd>
          </dt>
          <dd>{words["keys.close"]}</dd>
        </div>
      </dl>
      <p className="check">
        <input
          id={id}
          type="checkbox"
          checked={isOn}
          onChange={({ target }) => {
            localStorage.setItem("keys", target.checked ? "on" : "off");
            setOn(target.checked);
          }}
        />
        <label htmlFor={id}>{words["keys.on"]}</label>
      </p>
      <div className="buttons">
        <button
          type="button"
          onClick={() => {
            setShown(false);
            tour.show();
          }}
        >
          {words["tour.name"]}
        </button>
      </div>
    </Sheet>
  );
}
