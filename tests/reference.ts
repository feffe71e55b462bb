// The judge: the learner once more, in plain integers, to be believed by reading. The cores must agree with it byte for byte.
//
// It shares nothing with assembly/ but the definition: plain rows and columns without padding, exact integers instead of
// wrapping ones, the textbook form of every formula, its own tables. reference/layer.ts is learning rule 1; state.ts lays
// the result out as the core keeps it, for comparison only.

import { clamp, greatest, log2, shiftRight } from './reference/arithmetic.js';
import { Anchor } from './reference/anchor.js';
import { Certainty, type Voter } from './reference/certainty.js';
import { Decorrelator, PULLS } from './reference/decorrelation.js';
import { Familiar } from './reference/familiar.js';
import { extractFeatures } from './reference/features.js';
import { weighLabels } from './reference/frequency.js';
import { Layer, windowsOf } from './reference/layer.js';
import { Normaliser, decode, inUnitsOf, unitsOf } from './reference/normaliser.js';
import { Generator } from './reference/random.js';
import { restore, stateOf } from './reference/state.js';
import { Row, Votes, againstUsual } from './reference/votes.js';
import type { ContinualConfig, Memory } from './reference/continual-memory.js';

/** A configuration as the core gets it: integers. */
export interface IntegerConfig {
  inputs: number;
  labels: number;
  /** Of a local layer, with a grid only, its windows and the units of a patch. */
  units: readonly (number | LocalUnits)[];
  /** Samples are a grid of height x width, values of a place side by side. */
  grid?: { height: number; width: number };
  bits: 8 | 16;
  skipInput: boolean;
  selfRate: boolean;
  seed: number;
  rate: number; // eta, Q16
  alpha: number; // Q8
  margin: number; // Q15
  clip: number; // Q8
  gateDivisor: number; // eta_v = eta / this
  scale?: number; // binary32 bits of a fixed scale instead of the running standardisation
  window?: { axes: number; samples: number };
  /** What each label usually is, is kept. */
  familiar?: boolean;
  /** Weights that see the sample move along its decorrelated direction, or all of them along theirs: of a continual learner only. */
  secondOrder?: 'input' | 'full';
  /** With this, it is the continual learner's. */
  continual?: ContinualConfig;
}

/** Where 0 was, and is: what is kept as 0 was stands for 0. */
export interface Zero {
  then: number;
  now: number;
}

export interface LocalUnits {
  field: number;
  stride: number;
  channels: number;
}

export class ReferenceLearner {
  seen = 0;
  updates = 0;
  labels: number; // in use: columns 0 to labels - 1
  rate: number; // Q16
  boost = 65536; // Q16, start boost of the self-finding rate
  readonly certainty: Certainty;
  readonly random: Generator;
  readonly normaliser: Normaliser;
  readonly layers: Layer[];
  /** Of the sample, then of the units before each later layer; of a local layer one for all of its windows. */
  readonly decorrelators: Decorrelator[];
  /** Of the pulls of each layer. */
  readonly pulls: Decorrelator[];
  /** Samples learned of each label that there is room for, halved together. */
  readonly counts: number[];
  readonly familiar?: Familiar;
  /** Of one label's samples in a row. */
  readonly row = new Row();
  /** Of what labels usually are. */
  readonly votes?: Votes;
  /** Of the coordinates that everything remembered is kept in; none with a fixed scale, or where nothing is remembered. */
  readonly anchors: Anchor[];
  /** Goodness per label in use, summed over layers, and votes, Q16. */
  scores: number[] = [];
  /** The continual learner's. */
  readonly memory?: Memory;

  constructor(readonly config: IntegerConfig) {
    const { inputs, labels, units, selfRate, alpha, margin, gateDivisor } = config;
    this.labels = labels;
    this.counts = new Array<number>(labels).fill(0);
    const { exemplars, prototypes } = config.continual ?? { exemplars: 0, prototypes: 0 };
    const usual = config.familiar === true && prototypes === 0;
    this.rate = config.rate;
    this.certainty = new Certainty(alpha, units.length, usual || exemplars > 0);
    if (config.familiar) this.familiar = new Familiar(inputs, labels);
    if (usual) this.votes = new Votes(-shiftRight(log2(inputs), 1), this.certainty.start);
    const anchored = (config.familiar || exemplars + prototypes > 0) && config.scale === undefined;
    this.anchors = Array.from({ length: anchored ? inputs : 0 }, () => new Anchor());
    this.random = new Generator(config.seed);
    this.normaliser = new Normaliser(inputs, config.scale, config.clip);
    let own = inputs;
    let grid = config.grid && { ...config.grid, depth: inputs / (config.grid.height * config.grid.width) };
    this.layers = units.map((layer, l) => {
      const local = typeof layer === 'number' ? undefined : { ...grid!, ...layer };
      const skipped = l > 0 && config.skipInput && !local ? inputs : 0;
      const count = local ? windowsOf(local).length * local.channels : (layer as number);
      const made = new Layer({ own, skipped, isFirst: l === 0, units: count, labels, bits: bitsOf(config, l), selfRate, alpha, margin, gateDivisor, local }, this.random);
      own = count;
      grid = local && { height: steps(local.height, local), width: steps(local.width, local), depth: local.channels };
      return made;
    });
    const seeing = this.layers.slice(0, config.secondOrder === 'full' ? units.length : config.secondOrder ? 1 : 0);
    this.decorrelators = seeing.map(({ n, config: { local, own } }) => new Decorrelator(local ? n : own));
    this.pulls = config.secondOrder === 'full' ? this.layers.map(({ m }) => new Decorrelator(m, PULLS)) : [];
  }

  /** Label of the greatest score. `x` holds binary32 bit patterns; NaN is a missing value. Changes nothing that is learned. */
  predict(x: ArrayLike<number>): number {
    this.answer(this.normaliser.standardise(x));
    this.countVotes(this.votes ? this.castVotes(this.coordinates(x)) : []);
    return this.best();
  }

  /** One step: the standardiser first, then layer by layer sense and correct. Returns how many layers were updated. */
  learn(x: ArrayLike<number>, y: number): number {
    this.normaliser.observe(x, this.seen);
    const sample = this.normaliser.standardise(x);
    this.follow(0, sample);
    const votes = this.takeUsual(x, y);
    const handicaps = weighLabels(this.counts, y, this.labels);
    const updated = this.correct(sample, y, this.config.selfRate ? this.boost : 0, handicaps);
    if (votes.tell) this.hear(y, votes.cast, true);
    this.count();
    return updated;
  }

  /** Of a label, from the scores of the last prediction, Q15. */
  probability(label: number): number {
    return this.certainty.probability(this.scores, label);
  }

  /** How familiar a sample is as one of `label`, Q15; -1 where nothing can be said. */
  familiarity(x: ArrayLike<number>, label: number): number {
    return this.familiar?.familiarity(this.coordinates(x), label) ?? -1;
  }

  /** The next free label; -1 when there is none. */
  addLabel(): number {
    return this.labels === this.config.labels ? -1 : this.labels++;
  }

  /** Gives a label's gates back; the last label takes its index, and the column that becomes free is drawn anew. */
  removeLabel(label: number): void {
    this.labels--;
    this.counts[label] = this.counts[this.labels];
    this.counts[this.labels] = 0;
    this.familiar?.move(this.labels, label);
    for (const layer of this.layers) {
      layer.V[label].set(layer.V[this.labels]);
      layer.drawGates(this.labels, this.random);
    }
  }

  /** Lets only the standardiser see a sample. */
  adapt(x: ArrayLike<number>): void {
    this.normaliser.observe(x, this.seen);
  }

  /** Features of a raw window, both as binary32 bit patterns. */
  extract(window: ArrayLike<number>): Uint32Array {
    const { axes, samples } = this.config.window!;
    return extractFeatures(window, axes, samples);
  }

  state(): Uint8Array {
    return stateOf(this);
  }

  load(state: Uint8Array): void {
    restore(this, state);
  }

  /** Where a sample lies for all that is remembered: in anchored coordinates, Q6, or with a fixed scale standardised, Q8; NaN where a value is missing. */
  protected anchorage(x: ArrayLike<number>): Float64Array {
    const fixed = this.config.scale !== undefined && this.normaliser.standardise(x);
    const places = new Float64Array(this.config.inputs);
    for (let i = 0; i < places.length; i++) {
      if (decode(x[i]).missing) places[i] = NaN;
      else if (fixed) places[i] = fixed[i];
      // what a channel that has never varied may be nobody knows
      else places[i] = this.anchors[i].isUnvaried ? 0 : this.anchors[i].coordinate(unitsOf(x[i], this.anchors[i].exponent));
    }
    return places;
  }

  /** The same for `familiar`, Q4. */
  protected coordinates(x: ArrayLike<number>): Float64Array {
    return this.coarse(this.anchorage(x));
  }

  protected coarse(values: ArrayLike<number>): Float64Array {
    const fixed = this.config.scale !== undefined;
    const places = new Float64Array(values.length);
    for (let i = 0; i < places.length; i++) {
      const t = values[i];
      places[i] = Number.isNaN(t) ? NaN : fixed ? clamp(Math.floor(t / 16), -127, 127) : this.anchors[i].place(t);
    }
    return places;
  }

  /** Anchors that fit, the votes on a sample of label y and whether they tell what they are worth, and then the sample into what the label usually is. */
  protected takeUsual(x: ArrayLike<number>, y: number): { cast: Voter[]; tell: boolean } {
    this.renewAnchors();
    const tell = this.tells(y);
    if (!this.familiar) return { cast: [], tell };
    const coordinates = this.coordinates(x);
    const cast = this.castVotes(coordinates);
    this.familiar.settle(coordinates, y, this.seen);
    return { cast, tell };
  }

  /** The votes of what labels usually are, if they have any, on a sample in coordinates. */
  protected castVotes(coordinates: ArrayLike<number>): Voter[] {
    return this.votes ? [{ of: this.votes, cast: this.votes.cast(againstUsual(this.familiar!, coordinates, this.labels)) }] : [];
  }

  /** Whether a sample of label y tells what votes are worth. */
  protected tells(y: number): boolean {
    return this.votes ? this.row.tells(y, this.familiar!.usuals[y].count > 0, this.seen) : true;
  }

  /** Goodness and votes of a sample that tells move how sure answers may be. */
  protected hear(y: number, cast: readonly Voter[], isNew: boolean): void {
    this.countVotes(cast);
    this.certainty.learn(this.scores, y, this.seen, cast, isNew);
    this.uncountVotes(cast);
  }

  /** None where the layers answer with a label of which nothing is known. */
  protected countVotes(voters: readonly Voter[]): void {
    const usual = voters.find(({ of }) => of === this.votes);
    if (usual && this.familiar!.usuals[this.best()].count === 0) usual.cast.fill(0);
    for (const { cast } of voters) this.scores = this.scores.map((score, c) => score + cast[c]);
  }

  protected uncountVotes(voters: readonly Voter[]): void {
    for (const { cast } of voters) this.scores = this.scores.map((score, c) => score - cast[c]);
  }

  /** Looked at after 1, 2, 4 ... 64, 128, 192 ... samples; those of channels that vary for the first time always. */
  private renewAnchors(): void {
    const { channels } = this.normaliser;
    const looks = this.seen < 64 ? Number.isInteger(Math.log2(this.seen)) : this.seen % 64 === 0;
    this.renew((i) => this.seen === 0 || (looks ? !this.anchors[i].isNear(channels[i]) : this.anchors[i].hasWoken(channels[i])));
  }

  /** Anchors become their channels as they are now; everything that is remembered is carried over through the values it stands for. */
  protected renew(which: (input: number) => boolean, carry: (input: number, carried: (t: number) => number, zero?: Zero) => void = () => {}): void {
    this.anchors.forEach((anchor, i) => {
      if (!which(i)) return;
      const channel = this.normaliser.channels[i];
      const then = anchor.copy();
      anchor.drop(channel);
      const carried = (t: number): number => anchor.coordinate(inUnitsOf(then.value(t), then.exponent, anchor.exponent));
      const zero = then.isUnvaried ? undefined : { then: then.coordinate(0), now: anchor.coordinate(0) };
      const placed = zero && { then: then.place(zero.then), now: anchor.place(zero.now) };
      this.familiar?.carry(i, this.labels, (kept) => anchor.squeezed(carried(then.unsqueezed(kept))), placed);
      carry(i, carried, zero);
    });
  }

  /** Goodness of a standardised sample into the scores. */
  protected answer(sample: Int32Array): void {
    this.sweep(sample, () => {});
  }

  /** The label of the greatest score, the first of equals. */
  protected best(): number {
    return Math.max(0, this.scores.indexOf(greatest(this.scores)));
  }

  /** Learns a standardised sample; returns how many layers were updated. */
  protected correct(sample: Int32Array, y: number, boost: number, handicaps?: readonly number[], rehearsing = false, part?: number): number {
    let updated = 0;
    const ofSample = this.layers[0].config.local ? undefined : this.decorrelators[0];
    const direction = ofSample?.along(sample);
    this.sweep(sample, (layer, z) => {
      const index = this.layers.indexOf(layer);
      const { isFirst, local, own } = layer.config;
      if (!isFirst && !rehearsing) this.follow(index, z.slice(0, own));
      const [ofWindow, ofUnits] = local ? [this.decorrelators[index]] : [undefined, isFirst ? undefined : this.decorrelators[index]];
      if (layer.correct(z, y, this.rate, boost, this.random, handicaps, rehearsing, { part, direction, own: ofUnits?.along(z.slice(0, own)), ofWindow, pulls: this.pulls[index] })) updated++;
    });
    this.updates += updated;
    return updated;
  }

  /** The factor of what a layer sees follows it: a local layer's the window of one patch. */
  protected follow(index: number, seen: Int32Array): void {
    const layer = this.layers[index];
    this.decorrelators[index]?.follow(layer.config.local ? layer.anyWindow(seen, this.random) : seen, this.random);
  }

  /** One sample more. */
  protected count(): void {
    this.seen++;
    this.boost -= Math.floor((this.boost + 255) / 256);
  }

  /** Hands a standardised sample from layer to layer; each layer is done with before the next begins. */
  private sweep(sample: Int32Array, visit: (layer: Layer, z: Int32Array) => void): void {
    this.scores = new Array<number>(this.labels).fill(0);
    let z = sample;
    for (const layer of this.layers) {
      layer.sense(z, this.labels);
      for (let c = 0; c < this.labels; c++) this.scores[c] += layer.g[c];
      visit(layer, z);
      const neutral = layer.neutralActivity();
      const next = this.layers[this.layers.indexOf(layer) + 1];
      z = next?.config.skipped ? joined(neutral, sample) : neutral;
    }
  }
}

/** A first layer of at most eight inputs has 16 bits, unless it is local. */
const bitsOf = ({ inputs, grid, bits }: IntegerConfig, layer: number): 8 | 16 => (layer === 0 && !grid && inputs <= 8 ? 16 : bits);

/** How many windows fit side by side. */
const steps = (side: number, { field, stride }: LocalUnits): number => 1 + Math.floor((side - field) / stride);

/** One behind the other. */
function joined(first: Int32Array, second: Int32Array): Int32Array {
  const both = new Int32Array(first.length + second.length);
  both.set(first);
  both.set(second, first.length);
  return both;
}
