// A sentence in both languages.

/** English and Chinese, with `{}` for what is put in, in the same order in both, or `{0}`, `{1}` … where the Chinese one has another. */
export type Sentence = readonly [en: string, zh: string];
