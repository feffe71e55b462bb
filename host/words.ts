/**
 * The codec of configuration words: a core reads its configuration as 32-bit integers, and a snapshot keeps them. Which words and bits stand for what is
 * generated from schema/formats.ts.
 */

/** Name, word, lowest bit and number of bits (all 32 without), and the form: binary32, so many fraction bits, or one of several; without one a whole number from 0 on, and of a single bit yes or no. */
type Slot = readonly [name: string, word: number, from?: number, bits?: number, form?: 'binary32' | number | readonly string[]];

export interface Words {
  readonly count: number;
  readonly fields: readonly Slot[];
  /** Each layer has these, `apart` words behind those of the one before. */
  readonly layers: readonly Slot[];
  readonly apart: number;
}

type Value<Of extends Slot> = Of extends readonly [string, number, number, number, infer Choices extends readonly string[]] ? Choices[number] : Of extends readonly [string, number, number, 1] ? boolean : number;
type Values<Slots extends readonly Slot[]> = { [Of in Slots[number] as Of[0]]: Value<Of> };

const mask = (bits: number): number => (bits === 32 ? -1 : 2 ** bits - 1);

/** Words of values; what is not given is 0. */
export function encode<Of extends Words>(of: Of, values: { [Name in keyof Values<Of['fields']>]?: Values<Of['fields']>[Name] | null }, layers: readonly Partial<Values<Of['layers']>>[] = []): Int32Array {
  const words = new Int32Array(of.count);
  const floats = new Float32Array(words.buffer);
  const put = (slots: readonly Slot[], given: Record<string, unknown>, offset: number): void => {
    for (const [name, word, from = 0, bits = 32, form] of slots) {
      const value = Array.isArray(form) ? form.indexOf(given[name]) : Number(given[name] ?? 0);
      if (form === 'binary32') floats[word] = value;
      else words[word + offset]! |= (Math.round(value * 2 ** (Number(form) || 0)) & mask(bits)) << from;
    }
  };
  put(of.fields, values, 0);
  layers.forEach((layer, l) => put(of.layers, layer, l * of.apart));
  return words;
}

/** Values of words: what `encode` was given, and of Q numbers the shortest that rounds to the same. Of `layers` as many as they say, at most 8. */
export function decode<Of extends Words>(of: Of, words: Int32Array): { values: Values<Of['fields']>; layers: Values<Of['layers']>[] } {
  const take = (slots: readonly Slot[], offset: number): Record<string, unknown> =>
    Object.fromEntries(slots.map(([name, word, from = 0, bits = 32, form]) => {
      const whole = (((words[word + offset] ?? 0) >>> from) & mask(bits)) >>> 0;
      if (typeof form === 'object') return [name, form[whole]];
      if (form === 'binary32') return [name, new Float32Array(Int32Array.of(whole).buffer)[0]];
      return [name, form !== undefined ? shortest(whole, 2 ** form) : bits === 1 ? whole === 1 : whole];
    }));
  const values = take(of.fields, 0) as { layers?: number };
  return { values, layers: Array.from({ length: Math.min(values.layers ?? 0, 8) }, (_, l) => take(of.layers, l * of.apart)) } as ReturnType<typeof decode<Of>>;
}

/** The shortest decimal that rounds to `word` / `scale`: 0.05 and not 0.0500030517578125. */
export function shortest(word: number, scale: number): number {
  for (let digits = 1; ; digits++) {
    const value = Number((word / scale).toPrecision(digits));
    if (digits === 17 || Math.round(value * scale) === word) return value;
  }
}
