// The page's colours for what is drawn by hand.

/** A colour of the page as the browser works it out, whatever it is made of. @param name - `--p-buy` */
export function colourIn(element: HTMLElement, name: string): string {
  const probe = document.createElement("span");
  probe.style.color = `var(${name})`;
  probe.style.setProperty("forced-color-adjust", "none"); // else each is that of text, where the system has the colours
  element.append(probe);
  const { color } = getComputedStyle(probe);
  probe.remove();
  return color;
}
