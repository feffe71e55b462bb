/**
 * The codec of configuration words: a core reads its configuration as 32-bit integers, and a snapshot keeps them. Which words and bits stand for what is
 * generated from schema/formats.ts.
 */

/** Name, word, lowest bit and number of bits (all 32 without), and the form: without a sign, binary32, or so many fraction bits; a whole number without. */
type Slot = readonly [name: string, word: number, from?: number, bits?: number, form?: 'unsigned' | 'binary32' | number];

export interface Words {
  readonly count: number;
  readonly fields: readonly Slot[];
  /** Each layer has these, `apart` words behind those of the one before. */
  readonly layers: readonly Slot[];
  readonly apart: number;
}

type Values<Slots extends readonly Slot[], Value> = { [Name in Slots[number][0]]: Value };

const mask = (bits: number): number => (bits === 32 ? -1 : 2 ** bits - 1);

/** Words of values; what is not given is 0. */
export function encode<Of extends Words>(of: Of, values: Partial<Values<Of['fields'], number | boolean>>, layers: readonly Partial<Values<Of['layers'], number>>[] = []): Int32Array {
  const words = new Int32Array(of.count);
  const put = ([name, word, from = 0, bits = 32, form]: Slot, given: object, offset: number): void => {
    const value = Number((given as Record<string, number | boolean | undefined>)[name] ?? 0);
    const whole = form === 'binary32' ? new Int32Array(Float32Array.of(value).buffer)[0]! : typeof form === 'number' ? Math.round(value * 2 ** form) : value;
    words[word + offset]! |= (whole & mask(bits)) << from;
  };
  for (const slot of of.fields) put(slot, values, 0);
  layers.forEach((layer, l) => of.layers.forEach((slot) => put(slot, layer, l * of.apart)));
  return words;
}

/** Values of words: what `encode` was given, and of Q numbers the shortest that rounds to the same. Of `layers` as many as they say, at most 8. */
export function decode<Of extends Words>(of: Of, words: Int32Array): { values: Values<Of['fields'], number>; layers: Values<Of['layers'], number>[] } {
  const take = (slots: readonly Slot[], offset: number): Record<string, number> =>
    Object.fromEntries(slots.map(([name, word, from = 0, bits = 32, form]) => {
      const whole = ((words[word + offset] ?? 0) >>> from) & mask(bits);
      if (form === 'unsigned') return [name, whole >>> 0];
      if (form === 'binary32') return [name, new Float32Array(Int32Array.of(whole).buffer)[0]!];
      return [name, form === undefined ? whole : shortest(whole, 2 ** form)];
    }));
  const values = take(of.fields, 0);
  const count = Math.min(Math.max(values.layers ?? 0, 0), 8);
  return { values, layers: Array.from({ length: count }, (_, l) => take(of.layers, l * of.apart)) } as ReturnType<typeof decode<Of>>;
}

/** The shortest decimal that rounds to `word` / `scale`: 0.05 and not 0.0500030517578125. */
export function shortest(word: number, scale: number): number {
  for (let digits = 1; ; digits++) {
    const value = Number((word / scale).toPrecision(digits));
    if (digits === 17 || Math.round(value * scale) === word) return value;
  }
}
