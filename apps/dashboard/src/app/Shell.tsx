// What stands around every page: header, pages, what is wrong, and the page itself.
import { useEffect, useMemo, useRef } from "react";
import type { Hello } from "../contract/index.ts";
import type { Api } from "../feed/api.ts";
import { follow } from "../feed/follow.ts";
import { browserPacing, createPainter } from "../feed/painter.ts";
import { type Session, SessionProvider } from "../feed/session.tsx";
import { createFeedStore } from "../feed/store.ts";
import { useSeen } from "../feed/useSeen.ts";
import { useWords } from "../words/language.tsx";
import { ActsProvider } from "./acts/ActsProvider.tsx";
import { Banner } from "./Banner.tsx";
import { Header } from "./header/Header.tsx";
import { Keys } from "./Keys.tsx";
import { Nav } from "./Nav.tsx";
import { Page } from "./Page.tsx";
import type { Route } from "./route.ts";
import { Tour, TourProvider } from "./tour/Tour.tsx";
import { useRoute } from "./useRoute.ts";
import { StandingProvider } from "./useStanding.tsx";

/** With whom. */
export interface ShellProps {
  readonly api: Api;
  readonly hello: Hello;
  readonly onToken: (token: string) => void;
}

const overview: Route = { page: "overview" };
const painter = createPainter(browserPacing());

/** The page, once the door has greeted. */
export function Shell({ api, hello, onToken }: ShellProps) {
  const words = useWords();
  const asked = useRoute();
  // where no bot serves the page, it begins with all of them
  const route = asked.bot === undefined && hello.self === undefined && asked.page === "bot" ? overview : asked;
  const bot = route.bot ?? hello.self;
  const store = useMemo(() => createFeedStore(painter), [api, bot]);
  const isSeen = useSeen();

  useEffect(() => {
    if (bot === undefined || !isSeen) return undefined;
    const aborter = new AbortController();
    follow({ api, store, bot }, aborter.signal).catch(() => undefined); // it tells the store
    return () => aborter.abort();
  }, [api, store, bot, isSeen]);

  const session = useMemo<Session>(() => ({ api, store, hello, bot }), [api, store, hello, bot]);
  const main = useRef<HTMLElement>(null);
  const place = `${route.page} ${bot ?? ""}`;
  const before = useRef(place);
  useEffect(() => {
    if (before.current === place) return;
    before.current = place;
    scrollTo(0, 0);
    main.current?.focus({ preventScroll: true });
  }, [place]);

  return (
    <SessionProvider session={session}>
      {/* what is asked of one bot is never done to another: a question that is open goes with its bot */}
      <StandingProvider key={bot}>
        <ActsProvider>
          <TourProvider>
            <button type="button" className="skip" onClick={() => main.current?.focus()}>
              {words.skip}
            </button>
            <Header />
            <Nav page={route.page} />
            <Banner onToken={onToken} />
            <main ref={main} id="main" tabIndex={-1} className={`page is-${route.page}`}>
              <Page route={route} />
            </main>
            <Tour />
            <Keys />
          </TourProvider>
        </ActsProvider>
      </StandingProvider>
    </SessionProvider>
  );
}
