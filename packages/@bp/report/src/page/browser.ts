// Of a browser and of uPlot what the page's script uses. Described here, because packages are checked without the DOM's types.

/** An element. */
export interface Element {
  readonly clientWidth: number;
  readonly textContent: string | null;
  readonly dataset: Record<string, string | undefined>;
  readonly classList: { toggle(name: string, is: boolean): void; contains(name: string): boolean };
  lang: string;
  closest(selector: string): Element | null;
  matches(selector: string): boolean;
  getAttribute(name: string): string | null;
  setAttribute(name: string, value: string): void;
}

/** A document. */
export interface Document {
  title: string;
  readonly body: Element;
  readonly documentElement: Element;
  getElementById(id: string): Element | null;
  querySelector(selector: string): Element | null;
  querySelectorAll(selector: string): Iterable<Element>;
}

/** A key that was pressed, or an input that changed. */
export interface Happening {
  readonly target: unknown;
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  preventDefault(): void;
}

/** Where one draws. */
export interface Canvas {
  lineWidth: number;
  strokeStyle: unknown;
  fillStyle: unknown;
  save(): void;
  restore(): void;
  beginPath(): void;
  closePath(): void;
  rect(x: number, y: number, width: number, height: number): void;
  clip(): void;
  moveTo(x: number, y: number): void;
  lineTo(x: number, y: number): void;
  setLineDash(dash: readonly number[]): void;
  stroke(): void;
  fill(): void;
}

/** A chart of uPlot's. */
export interface Plot {
  readonly root: Element;
  readonly ctx: Canvas;
  readonly bbox: { readonly left: number; readonly top: number; readonly width: number; readonly height: number };
  readonly data: readonly (readonly (number | null)[])[];
  readonly cursor: { readonly idx?: number | null };
  readonly scales: { readonly x: { readonly min?: number; readonly max?: number } };
  destroy(): void;
  setScale(name: string, range: { min: number; max: number }): void;
  setCursor(place: { left: number; top: number }): void;
  valToPos(value: number, scale: string, canvas?: boolean): number;
}

/** uPlot itself. */
export interface PlotMaker {
  new (options: object, data: readonly unknown[], place: Element): Plot;
  readonly paths: { stepped(options: object): unknown };
  tzDate(date: Date, zone: string): Date;
}
