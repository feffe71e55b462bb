/** Zero crossings of the low-pass to each side. */
const REACH = 12;
/** Places between two samples at which the low-pass is kept: 44,100 Hz to 16,000 has 160, 11,025 to 16,000 has 640. Of stranger rates the rest is made anew each time. */
const MOST_ROWS = 1024;

/** Sound at another rate while it comes, by a low-pass that lets nothing through above half of the lower one. */
export class Resampler {
  readonly #from: number;
  readonly #to: number;
  /** The low-pass at a place between two samples, by that place. */
  readonly #rows = new Map<number, Row>();
  /** Samples that are needed still, the first of them `#first` from the beginning. */
  #heard = new Float32Array(0);
  #first = 0;
  #made = 0;

  /** @throws RangeError for rates that are no numbers above 0 */
  constructor(from: number, to: number) {
    if (!(from > 0) || !(to > 0)) throw new RangeError(`resample: from ${from} to ${to}; expected samples a second, above 0`);
    this.#from = from;
    this.#to = to;
  }

  /** Samples at the new rate of what came so far. Those within twelve of the end follow with the next sound. */
  take(sound: Float32Array): Float32Array {
    const heard = new Float32Array(this.#heard.length + sound.length);
    heard.set(this.#heard);
    heard.set(sound, this.#heard.length);
    this.#heard = heard;
    const side = REACH / Math.min(1, this.#to / this.#from);
    const made = this.#upTo(Math.max(this.#made, Math.ceil(((this.#first + heard.length - side - 1) * this.#to) / this.#from)));
    const gone = Math.min(heard.length, Math.max(0, Math.floor((this.#made * this.#from) / this.#to - side) - this.#first));
    this.#heard = heard.slice(gone);
    this.#first += gone;
    return made;
  }

  /** Samples that are left when nothing more comes. */
  end(): Float32Array {
    return this.#upTo(Math.max(this.#made, Math.floor(((this.#first + this.#heard.length) * this.#to) / this.#from)));
  }

  #upTo(count: number): Float32Array {
    const heard = this.#heard;
    const made = new Float32Array(count - this.#made);
    for (let t = 0; t < made.length; t++, this.#made++) {
      const place = (this.#made * this.#from) % this.#to;
      const { start, weights } = this.#row(place);
      const first = Math.round((this.#made * this.#from - place) / this.#to) + start - this.#first;
      let sum = 0;
      for (let k = Math.max(0, -first), end = Math.min(weights.length, heard.length - first); k < end; k++) sum += heard[first + k]! * weights[k]!;
      made[t] = sum;
    }
    return made;
  }

  #row(place: number): Row {
    const known = this.#rows.get(place);
    if (known !== undefined) return known;
    const row = rowAt(place / this.#to, Math.min(1, this.#to / this.#from));
    if (this.#rows.size < MOST_ROWS) this.#rows.set(place, row);
    return row;
  }
}

/** Weights of samples around a place: the first of them is `start` samples from the one before that place. */
interface Row {
  start: number;
  weights: Float64Array;
}

/** @param place 0 to 1, from one sample to the next, @param cut share of the band that is let through */
function rowAt(place: number, cut: number): Row {
  const start = Math.ceil(place - REACH / cut);
  const weights = new Float64Array(Math.floor(place + REACH / cut) - start + 1);
  for (let k = 0; k < weights.length; k++) {
    const turn = Math.PI * (start + k - place) * cut;
    const lowPass = turn === 0 ? 1 : Math.sin(turn) / turn;
    weights[k] = cut * lowPass * (0.5 + 0.5 * Math.cos(turn / REACH));
  }
  return { start, weights };
}

/**
 * Sound at another rate, by a low-pass that lets nothing through above half of the lower one. Where the rates are the same, the same array.
 * @throws RangeError for rates that are no numbers above 0
 */
export function resample(samples: Float32Array, from: number, to: number): Float32Array {
  const resampler = new Resampler(from, to);
  if (from === to) return samples;
  const [begun, rest] = [resampler.take(samples), resampler.end()];
  const all = new Float32Array(begun.length + rest.length);
  all.set(begun);
  all.set(rest, begun.length);
  return all;
}
