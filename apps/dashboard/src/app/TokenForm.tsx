// Where a token is asked for: it is in the address that the bot has printed.
import { type FormEvent, useId, useState } from "react";
import { keepToken, pastedToken } from "../feed/token.ts";
import { useWords } from "../words/language.tsx";

/** Takes the whole address or the token alone. */
export function TokenForm({ onToken }: { readonly onToken: (token: string) => void }) {
  const words = useWords();
  const id = useId();
  const [text, setText] = useState("");
  const [isWrong, setWrong] = useState(false);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const token = pastedToken(text);
    setWrong(token === undefined);
    if (token === undefined) return;
    keepToken(token, sessionStorage);
    onToken(token);
  };
  return (
    <form className="token" onSubmit={submit} autoComplete="off">
      <label htmlFor={id}>{words["token.label"]}</label>
      <input
        id={id}
        type="password"
        value={text}
        spellCheck="false"
        autoComplete="off"
        aria-invalid={isWrong}
        aria-describedby={`${id}-say`}
        onChange={({ target }) => setText(target.value)}
      />
      <button type="submit" className="main">
        {words["token.open"]}
      </button>
      <p id={`${id}-say`} className={isWrong ? "bad" : "quiet"}>
        {isWrong ? `✕ ${words["token.wrong"]}` : words["token.say"]}
      </p>
    </form>
  );
}
