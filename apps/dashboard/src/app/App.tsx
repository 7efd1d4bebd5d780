// The page from its first moment: a token, a greeting of the door, and then the rest.
import { useEffect, useState } from "react";
import type { Hello } from "../contract/index.ts";
import { type Api, createApi, type DoorRefusal, refusalOf } from "../feed/api.ts";
import { takeToken, tokenIn } from "../feed/token.ts";
import { useReasons } from "../panes/reasons/useReasons.ts";
import { useWords } from "../words/language.tsx";
import { NoticeProvider } from "./notices.tsx";
import { Shell } from "./Shell.tsx";
import { TokenForm } from "./TokenForm.tsx";

/** @param apiOf - what answers; for a page without a bot */
export function App({ apiOf = createApi }: { readonly apiOf?: (token: string) => Api }) {
  const [token, setToken] = useState(takeFromAddress);
  useEffect(() => {
    // the printed address, opened in a tab that has the page already
    const heard = () => {
      if (tokenIn(location.hash) !== undefined) setToken(takeFromAddress());
    };
    addEventListener("hashchange", heard);
    return () => removeEventListener("hashchange", heard);
  }, []);
  return (
    <NoticeProvider>
      <Greeting key={token ?? ""} token={token} apiOf={apiOf} onToken={setToken} />
    </NoticeProvider>
  );
}

const takeFromAddress = () => takeToken({ location, history, storage: sessionStorage });

interface GreetingProps {
  readonly token: string | undefined;
  readonly apiOf: (token: string) => Api;
  readonly onToken: (token: string) => void;
}

function Greeting({ token, apiOf, onToken }: GreetingProps) {
  const words = useWords();
  const tell = useReasons();
  const [api] = useState(() => (token === undefined ? undefined : apiOf(token)));
  const [hello, setHello] = useState<Hello>();
  const [refusal, setRefusal] = useState<DoorRefusal>();
  useEffect(() => {
    if (api === undefined) return undefined;
    const aborter = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const ask = () => {
      api
        .ask<Hello>("hello", { signal: aborter.signal })
        .then(setHello)
        .catch((error: unknown) => {
          if (aborter.signal.aborted) return;
          const refused = refusalOf(error);
          setRefusal(refused);
          if (refused.status !== 401) timer = setTimeout(ask, 1_500);
        });
    };
    ask();
    return () => {
      clearTimeout(timer);
      aborter.abort();
    };
  }, [api]);
  if (api !== undefined && hello !== undefined) return <Shell api={api} hello={hello} onToken={onToken} />;
  if (api !== undefined && refusal === undefined) return null; // a few milliseconds
  const [title, say] =
    refusal === undefined
      ? [words["gate.title"], words["gate.say"]]
      : refusal.status === 401
        ? [words["gate.refused"], words["gate.refused.say"]]
        : [words["gate.silent"], words["gate.silent.say"]];
  return (
    <main className="gate">
      <h1>{title}</h1>
      <p>{say}</p>
      {refusal === undefined || refusal.status === 0 || refusal.status === 401 ? null : (
        <p className="bad">
          ✕ {tell(refusal.message)} {refusal.hint === undefined ? null : tell(refusal.hint)}
        </p>
      )}
      <TokenForm onToken={onToken} />
    </main>
  );
}
