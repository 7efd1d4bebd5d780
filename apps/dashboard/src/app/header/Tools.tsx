// Language, light and help.
import { useTheme } from "../../parts/theme.ts";
import { type Language, languages, useLanguage, useWords } from "../../words/language.tsx";
import { showKeys } from "../Keys.tsx";
import { useTour } from "../tour/Tour.tsx";

const lights = { auto: "◐", dark: "●", light: "○" } as const;

/** The small things at the end of the header. */
export function Tools() {
  const words = useWords();
  const { language, speak } = useLanguage();
  const { theme, next } = useTheme();
  const tour = useTour();
  return (
    <section className="tools" aria-label={`${words.language}, ${words.theme}, ${words.help}`}>
      <select
        aria-label={words.language}
        value={language}
        onChange={({ target }) => speak(target.value as Language)} // the options are those
      >
        {languages.map(({ id, name }) => (
          <option key={id} value={id} lang={id}>
            {name}
          </option>
        ))}
      </select>
      <button
        type="button"
        aria-label={`${words.theme}: ${words[`theme.${theme}`]}`}
        title={`${words.theme}: ${words[`theme.${theme}`]}`}
        onClick={next}
      >
        <span aria-hidden="true">{lights[theme]}</span>
      </button>
      <button type="button" onClick={tour.show}>
        {words["tour.name"]}
      </button>
      <button type="button" aria-label={words.help} title={words.help} onClick={showKeys}>
        ?
      </button>
    </section>
  );
}
