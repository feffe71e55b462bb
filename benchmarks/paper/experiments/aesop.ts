/**
 * Aesop's fables, the next character from the last ten: windows of the 248 strings are learned, strings in a new order in each pass; then the training
 * strings and the rest of the text are predicted. The paper learns real windows against windows with a wrong last character, its own guess (3 x 2000);
 * here all 29 wrong characters are negatives at once, each by how much it is believed (rule 1). Settings were chosen on every fifth training string.
 */
import type { Predictor } from '../../../host/index.js';
import { Random } from '../../rivals/random.js';
import { countedGrams, heldOutText, rightOn, SYMBOLS, trainingStrings, WINDOW } from '../aesop-text.js';
import type { Experiment, Run, StartOptions } from '../harness/experiment.js';

const TRAINING = 'training strings right, %';
const HELD_OUT = 'held-out text right, %';

export const experiment: Experiment = {
  title: "Aesop's fables, next character",
  place: 7,
  figures: [
    { name: TRAINING, better: 'higher', paper: 53, paperIs: 'a public reproduction', target: 53, quickTarget: 53 },
    { name: HELD_OUT, better: 'higher', target: 44, quickTarget: 44 },
  ],
  seeds: 3,
  start,
};

const SMALLEST_RATE = 1 / 65536;
/** Strings of a step. */
const CHUNK = 8;

async function start({ seed, quick, saved }: StartOptions): Promise<Run> {
  const { createPredictor, loadPredictor } = await import('../../../host/index.js');
  const config = { units: [200, 200], bits: 16 as const, skipInput: false, rate: 0.05, window: WINDOW };
  const passes = quick ? 5 : 10;
  const constantFor = 0.5;
  const predictor = saved ? await loadPredictor(saved) : await createPredictor({ symbols: SYMBOLS, ...config, seed });
  const strings = trainingStrings();
  const rest = heldOutText();
  const stepsPerPass = strings.length / CHUNK;
  const steps = passes * stepsPerPass;
  let order = { pass: -1, strings };
  return {
    summary: `${[predictor.learner.inputs, ...config.units].join('-')}, int${config.bits}, ${passes} passes`,
    settings: { ...config, passes, constantFor, heldOut: rest.length },
    steps,
    stepsPerPass,
    step(k) {
      const pass = Math.floor(k / stepsPerPass);
      if (pass !== order.pass) order = { pass, strings: new Random(1000 * seed + pass).shuffle([...strings]) };
      predictor.learner.setRate(Math.max(SMALLEST_RATE, config.rate * Math.min(1, (1 - k / steps) / (1 - constantFor))));
      const from = (k % stepsPerPass) * CHUNK;
      for (const text of order.strings.slice(from, from + CHUNK)) {
        predictor.begin();
        [...text].forEach((symbol, at) => (at < WINDOW ? predictor.see(symbol) : predictor.learn(symbol)));
      }
    },
    measure: () => ({ [TRAINING]: rightOn(strings, answersOf(predictor)), [HELD_OUT]: rightOn([rest], answersOf(predictor)) }),
    save: () => predictor.save(),
    background() {
      const lines: Record<string, number> = { 'repeat the last character, held out': rightOn([rest], (text, at) => text[at - 1]!) };
      for (const order of [0, 1, 2, 3, 4]) {
        const grams = countedGrams(strings, order);
        lines[`counted, order ${order}, held out`] = rightOn([rest], grams);
        lines[`counted, order ${order}, training strings`] = rightOn(strings, grams);
      }
      return lines;
    },
    dispose: () => predictor.dispose(),
  };
}

/** The predictor's next character; it sees a text from its front to its end. */
function answersOf(predictor: Predictor): (text: string, at: number) => string {
  return (text, at) => {
    if (at === WINDOW) {
      predictor.begin();
      for (const symbol of text.slice(0, WINDOW)) predictor.see(symbol);
    } else predictor.see(text[at - 1]!);
    return predictor.predict().symbol;
  };
}
