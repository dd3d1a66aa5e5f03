/** A catalogue with exactly the keys of the English one: a missing or a superfluous translation is a type error. */
export type Translated<English> = Readonly<Record<keyof English, string>>;
