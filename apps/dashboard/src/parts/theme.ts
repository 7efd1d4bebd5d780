// Dark, light, or as the system is.
import { useState } from "react";

/** How the page looks. */
export type Theme = "auto" | "dark" | "light";

const themes: readonly Theme[] = ["auto", "dark", "light"];

/** Puts on what was chosen before. */
export function wearTheme(): Theme {
  const theme = themes.find((one) => one === localStorage.getItem("theme")) ?? "auto";
  wear(theme);
  return theme;
}

function wear(theme: Theme): void {
  if (theme === "auto") delete document.documentElement.dataset["theme"];
  else document.documentElement.dataset["theme"] = theme;
}

/** What is worn, and the next of the three. */
export function useTheme(): { readonly theme: Theme; readonly next: () => void } {
  const [theme, setTheme] = useState(wearTheme);
  const next = () => {
    const following = themes[(themes.indexOf(theme) + 1) % themes.length] ?? "auto";
    localStorage.setItem("theme", following);
    wear(following);
    setTheme(following);
  };
  return { theme, next };
}
