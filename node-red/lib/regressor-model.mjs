import { createRegressor, loadRegressor } from 'onward/regressor';
import { Kept } from './kept.mjs';

/** @typedef {import('onward/regressor').Regressor} Regressor */
/** @typedef {import('onward/regressor').Estimate} Estimate */

/** What cannot be changed about a stored regressor. */
const FIXED = /** @type {const} */ (['inputs', 'lags', 'ahead', 'units']);
/** Numbers that the badge judges by. */
const JUDGED = 200;

/** A regressor with its folder, and the samples whose numbers have not come yet. Several nodes may use one. */
export class RegressorModel {
  /** @type {number} */ inputs;
  /** @type {readonly string[] | undefined} */ fields;
  /** Fields that were told to be absent, and messages that were refused. @type {Set<string>} */ absent = new Set();
  refused = 0;
  /** @type {Kept<Regressor>} */ #kept;
  /** Messages from a sample to its number. @type {number} */ #ahead;
  /** With what each was answered. @type {{ x: ArrayLike<number>, answer: Estimate }[]} */ #waiting = [];
  /** The newest answers whose numbers are known. @type {{ error: number, isWithin: boolean }[]} */ #judged = [];

  /** @param {import('./settings.mjs').Settings & { onError: (error: Error) => void }} settings */
  static async open({ config, ahead = 0, fields, ...options }) {
    const wanted = /** @type {import('onward/regressor').RegressorConfig} */ (/** @type {unknown} */ (config));
    const kept = await Kept.open(
      {
        name: 'regressor',
        create: async () => {
          const regressor = await createRegressor(wanted);
          regressor.note = JSON.stringify({ ...(fields ? { form: 'fields', fields } : {}), ahead });
          return regressor;
        },
        load: async (snapshot) => {
          const regressor = await loadRegressor(snapshot);
          regressor.begin(); // while nothing ran numbers came that nobody knows
          return regressor;
        },
        seen: (regressor) => regressor.seen,
        conflict,
      },
      options,
    );
    return new RegressorModel(kept, Number(config.inputs), ahead, fields ?? (kept.refused ? undefined : noteOf(kept.thing).fields));
  }

  /**
   * @param {Kept<Regressor>} kept
   * @param {number} inputs
   * @param {number} ahead
   * @param {readonly string[]} [fields]
   */
  constructor(kept, inputs, ahead, fields) {
    this.#kept = kept;
    this.inputs = inputs;
    this.#ahead = ahead;
    this.fields = fields;
  }

  /** Numbers learned; of the last 200 answers whose numbers are known the mean error, and the share from low to high. Null before the first. */
  get progress() {
    const { length } = this.#judged;
    const mean = (/** @type {(judged: { error: number, isWithin: boolean }) => number} */ of) => (length === 0 ? null : this.#judged.reduce((sum, each) => sum + of(each), 0) / length);
    return { seen: this.#kept.thing.seen, error: mean(({ error }) => error), within: mean(({ isWithin }) => Number(isWithin)) };
  }

  /**
   * One sample in its order: answered before the number that came with it is learned, which belongs to the sample so many messages ago as the horizon says.
   * @param {ArrayLike<number>} x
   * @param {number} target NaN where it is not known
   */
  take(x, target) {
    const regressor = this.#kept.thing;
    const known = Number.isNaN(target) ? null : target;
    if (this.#ahead > 0 && this.#waiting.length === this.#ahead) this.#learn(/** @type {{ x: ArrayLike<number>, answer: Estimate }} */ (this.#waiting.shift()), target);
    const answer = regressor.predict(x);
    if (this.#ahead > 0) this.#waiting.push({ x, answer });
    else this.#learn({ x, answer }, target);
    const [value, low, high] = [answer.value, answer.low, answer.high].map((number) => (Number.isNaN(number) ? null : number));
    return { value, low, high, target: known };
  }

  commands = /** @type {const} */ ({
    save: async () => {
      await this.#kept.save();
      return { generation: this.#kept.generation, seen: this.progress.seen };
    },
    begin: () => {
      this.#kept.thing.begin();
      this.#waiting = [];
      return { seen: this.progress.seen };
    },
    snapshot: () => Buffer.from(this.#kept.thing.save()),
    reset: async () => {
      await this.#kept.reset();
      this.#waiting = [];
      this.#judged = [];
      return this.progress;
    },
    stats: () => ({ ...this.#kept.thing.stats(), ...this.progress, config: this.#kept.thing.config, generation: this.#kept.generation, refused: this.refused }),
  });

  close() {
    return this.#kept.close();
  }

  /**
   * @param {{ x: ArrayLike<number>, answer: Estimate }} asked
   * @param {number} target
   */
  #learn({ x, answer: { value, low, high } }, target) {
    this.#kept.thing.learn(x, target);
    if (Number.isNaN(target) || Number.isNaN(value)) return;
    this.#judged.push({ error: Math.abs(target - value), isWithin: target >= low && target <= high });
    if (this.#judged.length > JUDGED) this.#judged.shift();
  }
}

/**
 * @param {Regressor} stored
 * @param {Regressor} wanted
 */
function conflict(stored, wanted) {
  const [is, should] = [stored, wanted].map((regressor) => ({ ...regressor.config, ...noteOf(regressor) }));
  for (const name of FIXED) {
    const [one, other] = [is, should].map((values) => JSON.stringify(values[name]));
    if (one !== other) return `the stored regressor has ${NAMES[name] ?? name} ${one}, the model asks for ${other}`;
  }
  if (is.fields && should.fields && is.fields.join() !== should.fields.join()) return `the stored regressor has the fields ${is.fields.join(', ')}, the model asks for ${should.fields.join(', ')}`;
  if (should.fields && !is.fields) stored.note = wanted.note;
  return undefined;
}

/** Names in the dialog. The horizon of a configuration is 1 where the dialog has none. @type {Record<string, string>} */
const NAMES = { ahead: 'horizon' };

/**
 * What a regressor's snapshot says of its samples (FORMAT.md).
 * @param {Regressor} regressor
 * @returns {{ fields?: readonly string[], ahead: number }}
 */
function noteOf({ note, config: { horizon } }) {
  const usual = horizon > 1 ? horizon : 0;
  try {
    const { fields, ahead } = JSON.parse(note || '{}');
    const isNamed = Array.isArray(fields) && fields.every((name) => typeof name === 'string');
    return { ...(isNamed ? { fields } : {}), ahead: Number.isInteger(ahead) && ahead >= 0 && Math.max(1, ahead) === horizon ? ahead : usual };
  } catch {
    return { ahead: usual }; // somebody else's note
  }
}
