// How a venue's socket speaks: what is said to it, and how its frames are told apart.

/** Where the stream's name stands in a frame: bytes, `from` inclusive, `to` exclusive. */
export interface NamePlace {
  from: number;
  to: number;
}

/** A frame of a stream. */
export interface Data {
  readonly kind: "data";
  readonly name: string;
  /** What the stream's schema reads. */
  readonly data: unknown;
}

/** The venue took a request. */
export interface Done {
  readonly kind: "done";
  /** Of the request; `undefined` where the venue does not say. */
  readonly id: number | undefined;
}

/** The venue refused a request. */
export interface Refused {
  readonly kind: "refused";
  readonly id: number | undefined;
  readonly code: string;
  readonly message: string;
}

/** What a frame is. */
export type Said = Data | Done | Refused;

/** What a venue gives so that its socket can be spoken with. */
export interface Dialect {
  /** The venue's name in errors. */
  readonly venue: string;
  /**
   * The frame that asks for these streams. Called for each sending, so that a signature in it is fresh.
   *
   * @param id - a whole number that no other request of the connection has
   */
  subscribe(names: readonly string[], id: number): string;
  unsubscribe(names: readonly string[], id: number): string;
  /**
   * Finds the stream's name in the bytes of a frame of the usual form, without reading the rest.
   *
   * @param place - takes the answer, so that none is allocated
   * @returns false if the frame is of another form; it is then read as JSON and given to `read`
   */
  find(bytes: Uint8Array, place: NamePlace): boolean;
  /**
   * What a frame is, once it was read as JSON.
   *
   * @param wanted - names of all streams that somebody reads: for frames that do not say theirs
   * @returns `undefined` for what the venue has never been seen to send
   */
  read(value: unknown, wanted: () => readonly string[]): Said | undefined;
  /** Under which other name a stream that nobody reads may be wanted. */
  readonly alias?: (name: string) => string;
}
