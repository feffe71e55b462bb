/** A net that learns the strings of the fables, one after the other, and is asked for the next character of them and of the held-out text. */
import type { Run } from './harness/experiment.js';
import { Random } from '../rivals/random.js';
import { countedGrams, heldOutText, rightOn, SYMBOLS, trainingStrings, WINDOW } from './aesop-text.js';

export const TRAINING = 'training strings right, %';
export const HELD_OUT = 'held-out text right, %';

export const AESOP = { units: [200, 200], skipInput: false, rate: 0.05, passes: 10 };
/** Share of the passes before the rate falls, in a straight line to zero. */
const CONSTANT_FOR = 0.5;
const SMALLEST_RATE = 1 / 65536;
/** Strings of a step. */
const CHUNK = 8;

/** What learns. Its window is empty after `begin`. */
export interface Reader {
  begin(): void;
  see(symbol: string): void;
  learn(symbol: string): void;
  next(): string;
  setRate(rate: number): void;
  save(): Uint8Array;
  dispose(): void;
}

export function aesopRun(reader: Reader, summary: string, settings: object, { passes, seed }: { passes: number; seed: number }): Run {
  const strings = trainingStrings();
  const rest = heldOutText();
  const stepsPerPass = strings.length / CHUNK;
  const steps = passes * stepsPerPass;
  let order = { pass: -1, strings };
  return {
    summary: `${summary}, ${passes} passes`,
    settings: { ...settings, passes, constantFor: CONSTANT_FOR, heldOut: rest.length },
    steps,
    stepsPerPass,
    step(k) {
      const pass = Math.floor(k / stepsPerPass);
      if (pass !== order.pass) order = { pass, strings: new Random(1000 * seed + pass).shuffle([...strings]) };
      reader.setRate(Math.max(SMALLEST_RATE, AESOP.rate * Math.min(1, (1 - k / steps) / (1 - CONSTANT_FOR))));
      const from = (k % stepsPerPass) * CHUNK;
      for (const text of order.strings.slice(from, from + CHUNK)) {
        reader.begin();
        [...text].forEach((symbol, at) => (at < WINDOW ? reader.see(symbol) : reader.learn(symbol)));
      }
    },
    measure: () => ({ [TRAINING]: rightOn(strings, answersOf(reader)), [HELD_OUT]: rightOn([rest], answersOf(reader)) }),
    save: () => reader.save(),
    dispose: () => reader.dispose(),
  };
}

/** What comes to mind without a net. */
export function rivalsByCounting(): Record<string, number> {
  const strings = trainingStrings();
  const rest = heldOutText();
  const lines: Record<string, number> = { 'repeat the last character, held out': rightOn([rest], (text, at) => text[at - 1]!) };
  for (const order of [0, 1, 2, 3, 4]) {
    const grams = countedGrams(strings, order);
    lines[`counted, order ${order}, held out`] = rightOn([rest], grams);
    lines[`counted, order ${order}, training strings`] = rightOn(strings, grams);
  }
  return lines;
}

/** The reader's next character; it sees a text from its front to its end. */
function answersOf(reader: Reader): (text: string, at: number) => string {
  return (text, at) => {
    if (at === WINDOW) {
      reader.begin();
      for (const symbol of text.slice(0, WINDOW)) reader.see(symbol);
    } else reader.see(text[at - 1]!);
    return reader.next();
  };
}

/** A reader that is a predictor, on the shipped core. */
export async function predictingReader(bits: 8 | 16, { seed, saved }: { seed: number; saved?: Uint8Array }): Promise<Reader> {
  const { createPredictor, loadPredictor } = await import('../../host/predictor.js');
  const { units, skipInput, rate } = AESOP;
  const predictor = saved ? await loadPredictor(saved) : await createPredictor({ symbols: SYMBOLS, window: WINDOW, units, skipInput, rate, bits, seed });
  return {
    begin: () => predictor.begin(),
    see: (symbol) => predictor.see(symbol),
    learn: (symbol) => predictor.learn(symbol),
    next: () => predictor.predict().symbol,
    setRate: (rate) => predictor.learner.setRate(rate),
    save: () => predictor.save(),
    dispose: () => predictor.dispose(),
  };
}
