// Tells when the page may have other colours: its root was marked anew, the system went dark or light, or took the colours over.

/** @returns ends it */
export function onTheme(then: () => void): () => void {
  const systems = ["(prefers-color-scheme: dark)", "(forced-colors: active)"].map((query) => matchMedia(query));
  const root = new MutationObserver(then);
  root.observe(document.documentElement, { attributes: true, attributeFilter: ["class", "style", "data-theme"] });
  for (const system of systems) system.addEventListener("change", then);
  return () => {
    root.disconnect();
    for (const system of systems) system.removeEventListener("change", then);
  };
}
