// The page begins here.
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { App } from "./app/App.tsx";
import { wearTheme } from "./parts/theme.ts";
import { LanguageProvider } from "./words/language.tsx";

// What stands in index.html says it to a browser that cannot read this file; one that can may still lack a feature.
const isAble =
  typeof ReadableStream === "function" && "any" in AbortSignal && CSS.supports("color", "light-dark(red, red)");

function begin(root: HTMLElement): void {
  if (!isAble) {
    document.getElementById("late")?.classList.add("now");
    return;
  }
  wearTheme();
  createRoot(root).render(
    <StrictMode>
      <LanguageProvider>
        <App />
      </LanguageProvider>
    </StrictMode>,
  );
}

const root = document.getElementById("root");
if (root !== null) begin(root);
