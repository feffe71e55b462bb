// The continual learner once more, to be believed by reading: learn the sample, watch for drift, replay, remember.

import { ReferenceLearner, type IntegerConfig } from '../reference.js';
import { ACTIVITY_LIMIT, bitLength, clamp, quotient, roundShift, shiftRight, squareRoot, weyl } from './arithmetic.js';
import { distance, within8 } from './continual-codes.js';
import { restartDetector, watch } from './continual-drift.js';
import { Memory, newLabelMemory, type Exemplar, type Prototype } from './continual-memory.js';
import { Channel } from './normaliser.js';

const IN_PLAY = 512; // a label is in play for new samples when it was seen among so many
const OUT = 0x7fff; // octaves (Q10) behind: no probability
const NOVICE = 20; // errors on a label count for the detector after so many samples of it
const DOUBT = 24; // most samples after an alarm that judge the memory
const LEAD = 4; // of right over wrong answers, or wrong over right, that decides
const REOPENED = 20; // count of a channel after an alarm
const SETTLED = 4095; // most samples that a prototype counts
const LEAST_DEVIATION = 205; // 0.1 in Q11

/** An anchor is looked at after so many samples. */
const LASTS = 64;

/** Of an anchored value: z = value * slope / 2^11 + offset. */
interface Relation {
  slope: number; // Q11
  offset: number; // Q8
}

export class ContinualReference extends ReferenceLearner {
  override readonly memory: Memory;
  private readonly remembers: boolean;
  private readonly anchored: boolean;
  private relations: Relation[] = [];
  private handicaps: number[] | undefined;

  constructor(config: IntegerConfig) {
    const { exemplars, prototypes } = config.continual!;
    const remembers = exemplars > 0 || prototypes > 0;
    super(config, remembers ? 13 : 10);
    this.remembers = remembers;
    this.anchored = remembers && config.scale === undefined;
    this.memory = new Memory(config.continual!, config.inputs, config.labels, config.scale !== undefined, config.clip);
    if (!config.selfRate) this.boost = 0;
    restartDetector(this.memory.detector);
    this.empty();
  }

  override predict(x: ArrayLike<number>): number {
    super.predict(x);
    return this.bestSeen();
  }

  override learn(x: ArrayLike<number>, y: number): number {
    const { memory } = this;
    this.normaliser.observe(x, this.seen);
    const sample = this.normaliser.standardise(x);
    const own = memory.labels[y];
    if (own.last === 0) restartDetector(memory.detector);
    own.last = this.moment();
    own.seen = Math.min(own.seen + 1, 65535);

    if (this.remembers) {
      if (memory.age === memory.renewAt) this.renewAnchor();
      else if (memory.age === 0) this.dropAnchor();
      this.weigh(y, true);
    }
    let fresh = this.anchor(x, sample);
    const updated = this.correct(sample, y, this.boost, this.handicaps);
    const wrong = this.bestSeen() !== y;
    this.certainty.learn(this.scores, y, this.seen);
    this.count();
    if ((own.seen > NOVICE || memory.config.drift === 'input') && watch(memory, wrong, sample, this.seen)) this.react();

    if (this.remembers) {
      if (memory.doubt > 0 && this.judge(fresh, y)) {
        this.startAfresh();
        this.empty();
        fresh = [...sample];
      }
      if (memory.doubt === 0) this.replay(fresh, y);
      if (memory.config.prototypes > 0) this.settle(fresh, y);
      else this.keep(fresh, y);
      memory.age = Math.max(1, (memory.age + 1) % 2 ** 32);
    }
    return updated;
  }

  /** `steps` random exemplars once more, at a rate that falls linearly to a tenth. */
  sleep(steps: number): void {
    const { memory, rate } = this;
    if (!this.remembers || memory.stored === 0) return;
    this.relate();
    for (let k = 0; k < steps; k++) {
      this.rate = rate - quotient(rate * 9 * k, 10 * steps);
      const { label, codes } = memory.exemplars[this.below(memory.stored)];
      this.learnAnchored(this.values(codes), label);
    }
    this.rate = rate;
  }

  /** Gives a label back; its exemplars and what was counted of it go to `into`, or away (-1). The last label takes its index. */
  override removeLabel(label: number, into = -1): void {
    const { memory } = this;
    const { exemplars, prototypes, labels } = memory;
    const last = this.labels - 1;
    if (into >= 0) {
      const heir = labels[into];
      const own = labels[label];
      heir.offered = Math.min(heir.offered + own.offered, 2 ** 31 - 1);
      heir.last = Math.max(heir.last, own.last);
      heir.seen = Math.min(heir.seen + own.seen, 65535);
      heir.frequency = Math.min(heir.frequency + own.frequency, 65535);
    }
    for (let k = memory.stored - 1; k >= 0; k--) {
      if (exemplars[k].label !== label) continue;
      if (into >= 0) {
        exemplars[k].label = into;
        labels[into].kept++;
      } else {
        memory.stored--;
        exemplars[k] = copyOf(exemplars[memory.stored]);
      }
    }
    labels[label].kept = 0;

    labels[label] = labels[last];
    labels[last] = newLabelMemory();
    for (let k = 0; k < memory.stored; k++) if (exemplars[k].label === last) exemplars[k].label = label;
    // codes of a prototype that counts no sample mean nothing, but stay where they are
    prototypes[label] = prototypes[last].map((prototype) => ({ ...prototype, means: [...prototype.means], deviations: [...prototype.deviations] }));
    for (const prototype of prototypes[last]) prototype.count = 0;
    super.removeLabel(label);
  }

  // ---- answers ----

  /** The best label among those ever seen; the others score 0, unless none was. */
  private bestSeen(): number {
    const seen = this.memory.labels.slice(0, this.labels).map(({ last }) => last !== 0);
    if (seen.includes(true)) this.scores = this.scores.map((score, c) => (seen[c] ? score : 0));
    return this.best();
  }

  /** The number of the sample that is being learned, from 1, in 32 bits and never 0. */
  private moment(): number {
    return Math.max(1, (this.seen + 1) % 2 ** 32);
  }

  /** p(c) in proportion to f_c, the running frequency of c as a target; not in play: none. Handicaps are octaves behind the most frequent. */
  private weigh(y: number, isNew: boolean): void {
    const labels = this.memory.labels.slice(0, this.labels);
    labels.forEach((own, c) => {
      own.frequency += (c === y ? 511 : 0) - Math.floor(own.frequency / 128);
    });
    const most = Math.max(1, ...labels.map(({ frequency }) => frequency));
    this.handicaps = labels.map(({ last, frequency }) => {
      const ago = (this.moment() - last + 2 ** 32) % 2 ** 32;
      const plays = last !== 0 && (!isNew || ago < IN_PLAY);
      return plays ? log2(most) - log2(Math.max(1, frequency)) : OUT;
    });
  }

  // ---- drift ----

  private react(): void {
    const { memory } = this;
    this.boost = 65536;
    if (this.remembers) {
      memory.doubt = DOUBT;
      memory.contradicted = 0;
      memory.judged = 0;
    } else {
      this.startAfresh();
    }
  }

  /** A normaliser that moves again, and gates drawn anew unless inputs alone raised the alarm. */
  private startAfresh(): void {
    for (const channel of this.normaliser.channels) channel.count = Math.min(channel.count, REOPENED);
    if (this.memory.config.drift === 'input') return;
    for (const layer of this.layers) for (let c = 0; c < this.labels; c++) layer.drawGates(c, this.random);
  }

  /** Would the memory answer the sample? Once wrong answers lead by four, or at all after the last sample of the doubt: true. */
  private judge(fresh: readonly number[], y: number): boolean {
    const { memory } = this;
    const apart = (label: number): number => this.nearest(fresh, label)?.apart ?? Infinity;
    const own = apart(y);
    if (own !== Infinity) {
      memory.judged++;
      const labels = Array.from({ length: this.labels }, (_, c) => c);
      if (labels.some((c) => c !== y && apart(c) < own)) memory.contradicted++;
    }
    memory.doubt--;
    const right = memory.judged - memory.contradicted;
    if (right - memory.contradicted >= LEAD) memory.doubt = 0;
    return memory.contradicted - right >= (memory.doubt > 0 ? LEAD : 1);
  }

  private empty(): void {
    const { memory } = this;
    memory.age = 0;
    memory.renewAt = 1;
    memory.lasts = 1;
    memory.stored = 0;
    memory.doubt = 0;
    memory.codes.reset();
    for (const own of memory.labels.slice(0, this.labels)) {
      own.offered = 0;
      own.kept = 0;
    }
    for (const row of memory.prototypes.slice(0, this.labels)) for (const prototype of row) prototype.count = 0;
    this.dropAnchor();
  }

  // ---- the anchor ----

  /** A sample as the anchor standardises it: what is stored. */
  private anchor(x: ArrayLike<number>, sample: Int32Array): number[] {
    if (!this.anchored) return [...sample];
    return this.memory.anchors.map(({ channel }, i) => channel.standardise(x[i], ACTIVITY_LIMIT));
  }

  /** The normaliser as it is now becomes the anchor. */
  private dropAnchor(): void {
    this.memory.anchors.forEach((_, i) => this.dropAnchorOf(i));
  }

  private dropAnchorOf(input: number): void {
    const now = this.normaliser.channels[input];
    this.memory.anchors[input].channel = Object.assign(new Channel(), now);
    this.memory.anchors[input].root = squareRoot(now.variance);
  }

  /** (value * s_anchor + m_anchor - m_now) / s_now, s = root / 16 * 2^(shift + exponent), 1 / root = inverse / 2^30 */
  private relate(): void {
    this.relations = this.memory.anchors.map(({ channel: then, root }, i) => {
      const now = this.normaliser.channels[i];
      const power = then.shift + then.exponent - now.shift - now.exponent;
      const ratio = shiftRight(root * now.inverse, 8); // Q22
      const slope = Math.min(Math.floor(ratio * 2 ** (power - 11)), 0x7fff);
      const moved = clamp(Math.floor(then.mean * 2 ** (then.exponent - now.exponent)) - now.mean, -(2 ** 30 - 1), 2 ** 30 - 1);
      const known = now.inverse > 0 && then.count > 0;
      return { slope, offset: known ? roundShift(now.scaled(moved) * now.inverse, 18) : 0 };
    });
  }

  /** Everything stored is carried over to the normaliser as it is now, the next anchor; after 1, 2, 4 ... 64, 128, 192 ... samples. */
  private renewAnchor(): void {
    const { memory } = this;
    const { codes } = memory;
    this.relate();
    if (this.anchored) {
      // a channel that has changed little keeps its anchor
      this.relations = this.relations.map(({ slope, offset }) =>
        slope > 0.75 * 2048 && slope < 1.25 * 2048 && Math.abs(offset) < 128 ? { slope: 2048, offset: 0 } : { slope, offset });
      for (const exemplar of memory.exemplars.slice(0, memory.stored)) {
        exemplar.codes = exemplar.codes.map((code, i) => codes.code(within8(this.carried(codes.value(code), i))));
      }
      for (const prototype of memory.prototypes.slice(0, this.labels).flat().filter(({ count }) => count > 0)) {
        this.relations.forEach(({ slope, offset }, i) => {
          const mean = shiftRight(this.meanOf(prototype, i) * slope, 11) + offset * 8;
          const deviation = shiftRight(this.deviationOf(prototype, i) * slope, 11);
          this.store(prototype, i, mean, deviation, 64, 64);
        });
      }
      this.memory.anchors.forEach((_, i) => {
        if (!this.isHeld(i)) this.dropAnchorOf(i);
      });
    }
    memory.renewAt = Math.max(1, (memory.age + memory.lasts) % 2 ** 32);
    memory.lasts = Math.min((memory.lasts * 2) % 2 ** 32, LASTS);
  }

  private isHeld(input: number): boolean {
    return this.relations[input].slope === 2048 && this.relations[input].offset === 0;
  }

  private carried(value: number, input: number): number {
    const { slope, offset } = this.relations[input];
    return roundShift(value * slope, 11) + offset;
  }

  /** Learns what anchored values stand for now. */
  private learnAnchored(values: readonly number[], label: number): void {
    const { codes } = this.memory;
    const clip = Math.min(this.config.clip, ACTIVITY_LIMIT);
    const sample = values.map((value, i) =>
      this.anchored ? clamp(this.carried(value, i), -clip, clip) : clamp(value, codes.low, Math.min(codes.highest, ACTIVITY_LIMIT)),
    );
    this.weigh(label, false);
    this.correct(Int32Array.from(sample), label, this.boost, this.handicaps);
  }

  // ---- replay ----

  /** Stored samples plus what the new one has of its own. */
  private replay(fresh: readonly number[], y: number): void {
    this.relate();
    const { memory } = this;
    const like = this.nearest(fresh, y);
    if (like === undefined) return;
    if (memory.config.prototypes > 0) {
      const residual = fresh.map((value, i) => clamp(value * 8 - this.meanOf(like.prototype!, i), -32767, 32767));
      const inDeviations = residual.map((value, i) =>
        clamp(Math.trunc((value * 256) / Math.max(this.deviationOf(like.prototype!, i), LEAST_DEVIATION)), -32767, 32767),
      );
      for (let k = 0; k < memory.config.replays; k++) this.imagine(residual, inDeviations);
    } else {
      const residual = fresh.map((value, i) => shiftRight(value - like.values[i], 1));
      for (let k = 0; k < memory.config.replays; k++) {
        const { label, codes } = memory.exemplars[this.below(memory.stored)];
        this.learnAnchored(this.values(codes).map((value, i) => within8(value + residual[i])), label);
      }
    }
  }

  /** A random integer below `count`. */
  private below(count: number): number {
    return Math.floor((this.random.next() * count) / 2 ** 32);
  }

  /** What is stored of a label and nearest to a sample: the first of equals. */
  private nearest(fresh: readonly number[], label: number): { apart: number; values: readonly number[]; prototype?: Prototype } | undefined {
    const { memory } = this;
    const candidates =
      memory.config.prototypes > 0
        ? memory.prototypes[label].filter(({ count }) => count > 0).map((prototype) => ({
            values: fresh.map((_, i) => within8(shiftRight(this.meanOf(prototype, i), 3))),
            prototype,
          }))
        : memory.exemplars.slice(0, memory.stored).filter((each) => each.label === label).map(({ codes }) => ({ values: this.values(codes) }));
    return candidates
      .map((each) => ({ ...each, apart: distance(each.values, fresh) }))
      .reduce<ReturnType<ContinualReference['nearest']>>((best, each) => (best === undefined || each.apart < best.apart ? each : best), undefined);
  }

  // ---- exemplars ----

  private values(codes: readonly number[]): number[] {
    return codes.map((code) => this.memory.codes.value(code));
  }

  /** A full store gives the new sample the place of a random member of the largest label, or samples that label fairly (reservoir). */
  private keep(fresh: readonly number[], y: number): void {
    const { memory } = this;
    const own = memory.labels[y];
    own.offered = Math.min(own.offered + 1, 2 ** 31 - 1);
    let place = memory.stored;
    if (place === memory.exemplars.length) {
      const counts = memory.labels.slice(0, this.labels).map(({ kept }) => kept);
      let largest = counts.indexOf(Math.max(...counts));
      if (own.kept === counts[largest]) {
        largest = y;
        if (this.below(own.offered) >= own.kept) return;
      }
      const members = memory.exemplars.flatMap(({ label }, k) => (label === largest ? [k] : []));
      place = members[this.below(members.length)];
      memory.labels[largest].kept--;
    } else {
      memory.stored++;
    }
    this.widen(fresh);
    memory.exemplars[place] = { label: y, codes: fresh.map((value) => memory.codes.code(value)) };
    own.kept++;
  }

  /** With a fixed scale the range of codes follows what is stored, and all codes with it. */
  private widen(fresh: readonly number[]): void {
    const { memory, config } = this;
    if (config.scale === undefined) return;
    const wider = memory.codes.widened(fresh);
    if (wider === memory.codes) return;
    for (const exemplar of memory.exemplars.slice(0, memory.stored)) {
      exemplar.codes = exemplar.codes.map((code) => wider.code(memory.codes.value(code)));
    }
    const prototypes = memory.prototypes.flat(); // those without samples too
    const read = prototypes.map((prototype) => fresh.map((_, i) => [this.meanOf(prototype, i), this.deviationOf(prototype, i)]));
    memory.codes.low = wider.low;
    memory.codes.step = wider.step;
    prototypes.forEach((prototype, k) => {
      read[k].forEach(([mean, deviation], i) => this.store(prototype, i, mean, deviation, 64, 64));
    });
  }

  // ---- prototypes: means and deviations in Q11 ----

  private meanOf(prototype: Prototype, input: number): number {
    return this.memory.codes.value(prototype.means[input]) * 8;
  }

  private deviationOf(prototype: Prototype, input: number): number {
    return prototype.deviations[input] * this.memory.codes.step * 4;
  }

  /** Dithers of 7 bits: 64 rounds to the nearest code. */
  private store(prototype: Prototype, input: number, mean: number, deviation: number, meanDither: number, deviationDither: number): void {
    const { low, step } = this.memory.codes;
    const coded = (value: number, unit: number, dither: number): number =>
      clamp(Math.trunc((value + shiftRight(dither * unit, 7)) / Math.max(unit, 1)), 0, 255);
    prototype.means[input] = coded(mean - low * 8, step * 8, meanDither);
    prototype.deviations[input] = coded(deviation, step * 4, deviationDither);
  }

  /** The new sample into its nearest prototype: running mean, and running mean of |difference|. */
  private settle(fresh: readonly number[], y: number): void {
    const { memory } = this;
    this.widen(fresh);
    const unused = memory.prototypes[y].find(({ count }) => count === 0);
    if (unused !== undefined) {
      unused.count = 1;
      fresh.forEach((value, i) => this.store(unused, i, value * 8, 0, 64, 0));
      return;
    }
    const prototype = this.nearest(fresh, y)!.prototype!;
    prototype.count = Math.min(prototype.count + 1, SETTLED);
    const rate = quotient(65536, prototype.count);
    const start = this.random.next();
    fresh.forEach((value, i) => {
      const [first, second] = [weyl(start, 2 * i), weyl(start, 2 * i + 1)];
      const mean = this.meanOf(prototype, i);
      const deviation = this.deviationOf(prototype, i);
      const difference = clamp(value * 8 - mean, -32767, 32767);
      this.store(
        prototype, i,
        mean + shiftRight(difference * rate + (first >>> 16), 16),
        deviation + shiftRight((Math.abs(difference) - deviation) * rate + (second >>> 16), 16),
        first % 128, second % 128,
      );
    });
  }

  /** x' = mean_k + (x - mean_0) min(3, deviation_k / deviation_0), of a random label seen, its prototypes drawn by their counts. */
  private imagine(residual: readonly number[], inDeviations: readonly number[]): void {
    const { memory } = this;
    const labels = memory.labels.flatMap((_, c) => (c < this.labels && memory.prototypes[c][0].count > 0 ? [c] : []));
    const label = labels[this.below(labels.length)];
    const prototypes = memory.prototypes[label];
    let drawn = this.below(prototypes.reduce((sum, { count }) => sum + count, 0));
    const prototype = prototypes.find(({ count }) => (drawn -= count) < 0)!;
    const values = residual.map((value, i) => {
      const most = 3 * Math.abs(value);
      const scaled = shiftRight(inDeviations[i] * Math.max(this.deviationOf(prototype, i), LEAST_DEVIATION), 8);
      return within8(shiftRight(this.meanOf(prototype, i) + clamp(scaled, -most, most), 3));
    });
    this.learnAnchored(values, label);
  }
}

/** log2 in Q10, straight between powers of two. */
function log2(value: number): number {
  const exponent = bitLength(value) - 1;
  return exponent * 1024 + quotient(value * 1024, 2 ** exponent) - 1024;
}

const copyOf = ({ label, codes }: Exemplar): Exemplar => ({ label, codes: [...codes] });
