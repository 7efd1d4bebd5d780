// Tells when the page may have other colours: its root was marked anew, or the system went dark or light.

/** @returns ends it */
export function onTheme(then: () => void): () => void {
  const system = matchMedia("(prefers-color-scheme: dark)");
  const root = new MutationObserver(then);
  root.observe(document.documentElement, { attributes: true, attributeFilter: ["class", "style", "data-theme"] });
  system.addEventListener("change", then);
  return () => {
    root.disconnect();
    system.removeEventListener("change", then);
  };
}
