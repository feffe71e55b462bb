// The continual learner once more, to be believed by reading: learn the sample, watch for drift, replay, remember.

import { ReferenceLearner, type IntegerConfig, type Zero } from '../reference.js';
import { ACTIVITY_LIMIT, clamp, exp2Negative, leading, log2, quotient, shiftRight, weyl } from './arithmetic.js';
import { distance, within8 } from './continual-codes.js';
import { restartDetector, watch } from './continual-drift.js';
import { Memory, newLabelMemory, type Exemplar, type Prototype } from './continual-memory.js';
import { weighLabels } from './frequency.js';
import { Channel, inUnitsOf } from './normaliser.js';
import type { Voter } from './certainty.js';
import { Votes, againstNearest } from './votes.js';

const OUT = 0x7fff; // octaves (Q10) behind: no probability
const LOG2_E = 1477; // Q10
const ALL = 65535; // Q16: all replays of labels that came lately are done
const LEAST = 164; // or 1/400 of them
const NOVICE = 20; // errors on a label count for the detector after so many samples of it
const ALONE = 32; // and where another label came among so many samples before
const DOUBT = 24; // most samples after an alarm that judge the memory
const MATURE = 20; // samples a label from which on sleep is as sure as waking
const APART = 80; // five eighths in Q7: most that sleep adds of what sets two exemplars apart
const RIGHT_LEAD = 4; // of right over wrong answers that decides
const WRONG_LEAD = 9; // and of wrong over right
const MOST_APART = 160; // of a channel from a stored sample, Q6
const START = 512; // log2 of the weight of nearest exemplars times the sharpness, Q10
const REOPENED = 20; // count of a channel after an alarm
const SETTLED = 4095; // most samples that a prototype counts
const LEAST_DEVIATION = 205; // 0.1 in Q11
const LEAST_IN_SPREADS = 76; // 0.15 in Q9

export class ContinualReference extends ReferenceLearner {
  override readonly memory: Memory;
  private readonly remembers: boolean;
  private readonly anchored: boolean;
  private handicaps: number[] | undefined;
  private away = 0; // replays of labels that have not come lately, left in a step

  constructor(config: IntegerConfig) {
    const { exemplars, prototypes } = config.continual!;
    const remembers = exemplars > 0 || prototypes > 0;
    super(config);
    this.remembers = remembers;
    this.anchored = remembers && config.scale === undefined;
    this.memory = new Memory(config.continual!, config.inputs, config.labels, config.scale !== undefined);
    if (exemplars > 0) this.memory.votes = new Votes(START, this.certainty.start);
    if (!config.selfRate) this.boost = 0;
    restartDetector(this.memory.detector);
    this.empty();
  }

  override predict(x: ArrayLike<number>): number {
    this.answer(this.normaliser.standardise(x));
    this.silenceUnseen();
    const usual = this.votes ? this.castVotes(this.coordinates(x)) : [];
    this.countVotes([...usual, ...(this.memory.votes ? this.castNearest(this.take(x)) : [])]);
    return this.best();
  }

  override learn(x: ArrayLike<number>, y: number): number {
    const { memory } = this;
    this.normaliser.observe(x, this.seen);
    const sample = this.normaliser.standardise(x);
    this.follow(0, sample);
    const own = memory.labels[y];
    if (own.last === 0) restartDetector(memory.detector);
    own.last = this.moment();
    own.seen = Math.min(own.seen + 1, 65535);

    const votes = this.takeUsual(x, y);
    let fresh: number[] = [];
    let wrong = false;
    let repeats = false;
    if (this.remembers) {
      const print = printOf(x);
      repeats = print === memory.inputPrint;
      memory.inputPrint = print;
      fresh = this.take(x);
      this.handicaps = this.unseenOut();
      this.answer(sample);
      votes.cast.push(...this.castNearest(fresh));
      wrong = this.isWrong(y, votes);
      if (memory.doubt === 0) this.rehearse(sample, fresh, y);
    } else {
      this.handicaps = weighLabels(this.counts, y, this.labels);
    }
    const updated = this.correct(sample, y, this.boost, this.handicaps);
    if (!this.remembers) wrong = this.isWrong(y, votes);
    this.count();
    const counts = memory.config.drift === 'input' || (own.seen > NOVICE && !this.comesAlone(y));
    if (counts && watch(memory, wrong, sample, this.seen)) this.react(sample, repeats);

    if (this.remembers) {
      if (memory.doubt > 0 && this.judge(fresh, y)) {
        this.startAfresh();
        this.empty(fresh);
      }
      if (memory.config.prototypes > 0) this.settle(fresh, y);
      else this.keep(fresh, y);
      memory.age = Math.max(1, (memory.age + 1) % 2 ** 32);
    }
    return updated;
  }

  /** `steps` exemplars once more, varied, in golden steps through the store, at a rate that falls linearly to a tenth; the less sure, the fewer samples a label there were. */
  sleep(steps: number): void {
    const { memory, rate } = this;
    if (!this.remembers || memory.stored === 0) return;
    this.handicaps = this.unseenOut();
    const enough = MATURE * Math.max(1, this.handicaps.filter((behind) => behind === 0).length);
    const part = Math.max(quotient(Math.min(memory.age, enough) * 128, enough), 64); // Q7
    for (let k = 0; k < steps; k++) {
      this.rate = rate - quotient(rate * 9 * k, 10 * steps);
      memory.turn = weyl(memory.turn, 1);
      this.learnVaried(memory.exemplars[Math.floor((memory.turn * memory.stored) / 2 ** 32)], part);
    }
    this.rate = rate;
  }

  /** Loss of the two newest exemplars of every label, those that still stand where they were put. */
  newestLoss(): number {
    const { memory } = this;
    let sum = 0;
    memory.labels.slice(0, this.labels).forEach(({ newest, secondNewest }, label) => {
      for (const place of [newest, secondNewest]) {
        if (place < 1 || place > memory.stored) continue;
        const exemplar = memory.exemplars[place - 1];
        if (exemplar.label !== label) continue;
        this.answer(this.restored(this.values(exemplar.codes)));
        sum += this.loss(label);
      }
    });
    return sum;
  }

  /** Gives a label back; its exemplars and what was counted of it go to `into`, or away (-1). The last label takes its index. */
  override removeLabel(label: number, into = -1): void {
    const { memory } = this;
    const { exemplars, prototypes, labels } = memory;
    const last = this.labels - 1;
    if (into >= 0) {
      this.familiar?.merge(label, into);
      const heir = labels[into];
      const own = labels[label];
      heir.offered = Math.min(heir.offered + own.offered, 2 ** 31 - 1);
      heir.last = Math.max(heir.last, own.last);
      heir.seen = Math.min(heir.seen + own.seen, 65535);
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

  /** True if the scores, those of a sample never seen, answer it wrongly together with the votes; one that tells moves how sure answers may be. */
  private isWrong(y: number, { cast, tell }: { cast: readonly Voter[]; tell: boolean }): boolean {
    this.silenceUnseen();
    this.countVotes(cast);
    const wrong = this.best() !== y;
    if (tell) this.certainty.learn(this.scores, y, this.seen, cast, true);
    this.uncountVotes(cast);
    return wrong;
  }

  /** Labels never seen score 0, once any was. */
  private silenceUnseen(): void {
    const seen = this.memory.labels.slice(0, this.labels).map(({ last }) => last !== 0);
    if (seen.includes(true)) this.scores = this.scores.map((score, c) => (seen[c] ? score : 0));
  }

  /** The votes of the nearest exemplars. */
  private castNearest(fresh: readonly number[]): Voter[] {
    const { memory } = this;
    if (!memory.votes) return [];
    const { codes } = memory;
    const most = this.anchored ? Math.max(1, quotient(MOST_APART, codes.step)) : 255;
    const against = againstNearest(fresh.map((value) => codes.code(value)), memory.exemplars.slice(0, memory.stored), this.labels, most);
    return [{ of: memory.votes, cast: memory.votes.cast(against) }];
  }

  protected override tells(y: number): boolean {
    return this.memory.votes ? this.row.tells(y, this.memory.labels[y].seen > 1, this.seen) : super.tells(y);
  }

  /** The number of the sample that is being learned, from 1, in 32 bits and never 0. */
  private moment(): number {
    return Math.max(1, (this.seen + 1) % 2 ** 32);
  }

  /** Labels that were never seen are out of the softmax. */
  private unseenOut(): number[] {
    return this.memory.labels.slice(0, this.labels).map(({ last }) => (last === 0 ? OUT : 0));
  }

  // ---- drift ----

  /** No other label was seen lately. */
  private comesAlone(y: number): boolean {
    const others = this.memory.labels.slice(0, this.labels).filter(({ last }, c) => c !== y && last !== 0);
    return others.every(({ last }) => (this.seen - last + 2 ** 32) % 2 ** 32 > ALONE);
  }

  private react(sample: Int32Array, repeats: boolean): void {
    const { memory } = this;
    this.boost = 65536;
    if (this.remembers) {
      if (!repeats) this.restartDisplaced(sample);
      memory.doubt = DOUBT;
      memory.contradicted = 0;
      memory.judged = 0;
    } else {
      this.reopenChannels();
    }
  }

  /** If at least half of the channels that vary are clipped, these start anew. */
  private restartDisplaced(sample: Int32Array): void {
    const { channels } = this.normaliser;
    const clip = Math.min(this.config.clip, ACTIVITY_LIMIT);
    const varied = channels.filter(({ variance }) => variance !== 0).length;
    const clipped = channels.flatMap((_, i) => (Math.abs(sample[i]) >= clip ? [i] : []));
    if (2 * clipped.length >= varied) for (const i of clipped) channels[i] = new Channel();
  }

  /** A normaliser that moves again. */
  private reopenChannels(): void {
    for (const decorrelator of [...this.decorrelators, ...this.pulls]) decorrelator.reopen();
    for (const channel of this.normaliser.channels) channel.count = Math.min(channel.count, REOPENED);
  }

  /** The same, and gates drawn anew unless inputs alone raised the alarm. */
  private startAfresh(): void {
    this.reopenChannels();
    if (this.memory.config.drift === 'input') return;
    for (let c = 0; c < this.labels; c++) this.familiar?.forget(c);
    for (const layer of this.layers) for (let c = 0; c < this.labels; c++) layer.drawGates(c, this.random);
  }

  /** Would the memory answer the sample? Once wrong answers lead by nine: true. */
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
    if (right - memory.contradicted >= RIGHT_LEAD) memory.doubt = 0;
    return memory.contradicted - right >= WRONG_LEAD;
  }

  /** The memory as it begins; a sample that is about to be stored goes over to the new anchors. */
  private empty(fresh: number[] = []): void {
    const { memory } = this;
    memory.age = 0;
    memory.stored = 0;
    memory.doubt = 0;
    memory.share = ALL;
    memory.harm = 0;
    memory.codes.reset();
    for (const own of memory.labels.slice(0, this.labels)) {
      own.offered = 0;
      own.kept = 0;
      own.newest = 0;
      own.secondNewest = 0;
    }
    for (const row of memory.prototypes.slice(0, this.labels)) for (const prototype of row) prototype.count = 0;
    this.renew(() => true, (i, carried) => { if (i < fresh.length) fresh[i] = carried(fresh[i]); });
  }

  // ---- the anchor ----

  /** A sample as it is stored; a missing value is the mean. */
  private take(x: ArrayLike<number>): number[] {
    return Array.from(this.anchorage(x), (t, i) => {
      if (!Number.isNaN(t)) return t;
      const channel = this.normaliser.channels[i];
      return this.anchored ? this.anchors[i].coordinate(inUnitsOf(channel.mean, channel.exponent, this.anchors[i].exponent)) : 0;
    });
  }

  protected override renew(which: (input: number) => boolean, carry: (input: number, carried: (t: number) => number, zero?: Zero) => void = () => {}): void {
    const { memory } = this;
    const { codes } = memory;
    super.renew(which, (i, carried, zero) => {
      const start = memory.stored > 0 ? this.random.next() : 0;
      for (const [k, exemplar] of memory.exemplars.slice(0, memory.stored).entries()) {
        const now = zero && codes.code(zero.then) === exemplar.codes[i] ? zero.now : carried(codes.value(exemplar.codes[i]));
        exemplar.codes[i] = codes.code(now, leading(weyl(start, k), 16));
      }
      for (const prototype of memory.prototypes.slice(0, this.labels).flat().filter(({ count }) => count > 0)) {
        const mean = this.meanOf(prototype, i);
        const deviation = this.deviationOf(prototype, i);
        const [below, above] = [mean - deviation, mean + deviation].map((value) => carried(within8(shiftRight(value, 3))));
        this.store(prototype, i, carried(shiftRight(mean, 3)) * 8, (above - below) * 4, 64, 64);
      }
      carry(i, carried);
    });
  }

  /** Stored values as inputs of the first layer, as the normaliser would make them now. */
  private restored(values: readonly number[]): Int32Array {
    const { anchors } = this;
    const clip = Math.min(this.config.clip, ACTIVITY_LIMIT);
    return Int32Array.from(values, (value, i) => {
      if (!this.anchored) return clamp(value, -ACTIVITY_LIMIT, ACTIVITY_LIMIT);
      const channel = this.normaliser.channels[i];
      return channel.standardiseValue(inUnitsOf(anchors[i].value(value), anchors[i].exponent, channel.exponent), clip);
    });
  }

  // ---- rehearsal ----

  /** Replays while the new sample waits: its loss before and after tells whether those of labels that came lately help. */
  private rehearse(sample: Int32Array, fresh: readonly number[], y: number): void {
    const { memory } = this;
    if (memory.config.prototypes === 0 && memory.stored === 0) return;
    const tells = memory.labels[y].seen > 1 && !memory.config.spread;
    const before = tells ? this.loss(y) : 0;
    const recent = memory.config.prototypes > 0 ? this.imagineAll(fresh, y) : this.replayExemplars();
    if (!tells || recent === 0) return;
    this.answer(sample);
    const change = (this.loss(y) - before) * 1024;
    memory.harm += shiftRight(Math.trunc(change / recent) - memory.harm, 5);
    const eighth = shiftRight(memory.share, 3);
    memory.share = clamp(memory.harm > 0 ? memory.share - eighth : memory.share + eighth, LEAST, ALL);
  }

  /** -log2 p(y) in Q10, p = softmax(alpha / layers x score) over the labels seen. */
  private loss(y: number): number {
    const { labels } = this.memory;
    const sharpness = quotient(shiftRight(this.config.alpha * LOG2_E, 8), this.layers.length);
    const seen = this.scores.flatMap((score, c) => (labels[c].last === 0 ? [] : [{ score, c }]));
    const best = Math.max(...seen.map(({ score }) => score));
    const behind = seen.map(({ score, c }) => ({ c, octaves: Math.min(shiftRight((best - score) * sharpness, 16), 0x7fff) }));
    const total = behind.reduce((sum, { octaves }) => sum + exp2Negative(octaves), 0);
    return behind.find(({ c }) => c === y)!.octaves + log2(Math.max(total, 65536)) - 16 * 1024;
  }

  /** True if a label was among the last 32 samples, or three for each label. */
  private cameLately(label: number): boolean {
    return (this.moment() - this.memory.labels[label].last + 2 ** 32) % 2 ** 32 <= Math.max(32, 3 * this.labels);
  }

  /** How many replays of labels that have not come lately a step has: one for each of those labels. */
  private countAway(): void {
    this.away = this.memory.labels.slice(0, this.labels).filter(({ last }, c) => last !== 0 && !this.cameLately(c)).length;
  }

  /** Of labels that came lately a share is replayed. */
  private isReplayed(label: number): boolean {
    return this.cameLately(label) ? this.random.next() >>> 16 <= this.memory.share : this.away-- > 0;
  }

  private replayExemplars(): number {
    const { memory } = this;
    let recent = 0;
    this.countAway();
    for (let k = 0; k < memory.config.replays; k++) {
      const exemplar = memory.exemplars[this.below(memory.stored)];
      if (!this.isReplayed(exemplar.label)) continue;
      if (this.cameLately(exemplar.label)) recent++;
      this.learnStored(this.values(exemplar.codes), exemplar.label, k === 0);
    }
    return recent;
  }

  /** An exemplar with a random share, below five eighths, of what sets another apart from its nearest of the same label; the only one of its label adds nothing. */
  private learnVaried({ label, codes }: Exemplar, part: number): void {
    const { memory } = this;
    const values = this.values(codes);
    const other = memory.exemplars[this.below(memory.stored)];
    const from = this.values(other.codes);
    const like = this.nearest(from, other.label, other)?.values ?? from;
    const share = this.below(APART); // Q7
    this.learnStored(values.map((value, i) => within8(value + shiftRight((from[i] - like[i]) * share, 7))), label, true, part);
  }

  /** One that tells moves what usual votes are worth, as a new sample does; its nearest exemplar is itself, and has no vote. */
  private learnStored(values: readonly number[], label: number, tells: boolean, part?: number): void {
    const cast = tells && this.votes ? this.castVotes(this.coarse(values)) : [];
    this.correct(this.restored(values), label, this.boost, this.handicaps, true, part);
    if (cast.length === 0) return;
    this.silenceUnseen();
    this.hear(label, cast, false);
  }

  /** Pseudo-samples with what the new sample has of its own. */
  private imagineAll(fresh: readonly number[], y: number): number {
    const like = this.nearest(fresh, y);
    if (like === undefined) return 0;
    const residual = fresh.map((value, i) => clamp(value * 8 - this.meanOf(like.prototype!, i), -32767, 32767));
    const inDeviations = residual.map((value, i) =>
      clamp(Math.trunc((value * 256) / Math.max(this.deviationOf(like.prototype!, i), this.leastDeviation)), -32767, 32767),
    );
    let recent = 0;
    let leaks = false; // of its own label it is the new sample once more: that tells nothing
    this.countAway();
    for (let k = 0; k < this.memory.config.replays; k++) {
      const { label, values } = this.imagine(residual, inDeviations);
      if (!this.isReplayed(label)) continue;
      if (label === y) leaks = true;
      else if (this.cameLately(label)) recent++;
      this.learnStored(values, label, false);
    }
    return leaks ? 0 : recent;
  }

  private get leastDeviation(): number {
    return this.anchored ? LEAST_IN_SPREADS : LEAST_DEVIATION;
  }

  /** A random integer below `count`. */
  private below(count: number): number {
    return Math.floor((this.random.next() * count) / 2 ** 32);
  }

  /** The stored sample of a label that is nearest to a sample, `besides` passed over: the first of equals. */
  private nearest(fresh: readonly number[], label: number, besides?: Exemplar): { apart: number; values: readonly number[]; prototype?: Prototype } | undefined {
    const { memory } = this;
    const candidates =
      memory.config.prototypes > 0
        ? memory.prototypes[label].filter(({ count }) => count > 0).map((prototype) => ({
            values: fresh.map((_, i) => within8(shiftRight(this.meanOf(prototype, i), 3))),
            prototype,
          }))
        : memory.exemplars.slice(0, memory.stored).filter((each) => each.label === label && each !== besides).map(({ codes }) => ({ values: this.values(codes) }));
    return candidates
      .map((each) => ({ ...each, apart: distance(each.values, fresh) }))
      .reduce<ReturnType<ContinualReference['nearest']>>((best, each) => (best === undefined || each.apart < best.apart ? each : best), undefined);
  }

  // ---- exemplars ----

  private values(codes: readonly number[]): number[] {
    return codes.map((code) => this.memory.codes.value(code));
  }

  /** A full store gives the new sample the place of a random member of the largest label, or of its own; with spread it samples that label fairly (reservoir). */
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
        if (memory.config.spread && this.below(own.offered) >= own.kept) return;
      }
      const members = memory.exemplars.flatMap(({ label }, k) => (label === largest ? [k] : []));
      place = members[this.below(members.length)];
      memory.labels[largest].kept--;
    } else {
      memory.stored++;
    }
    this.widen(fresh);
    const start = this.anchored ? this.random.next() : 0;
    memory.exemplars[place] = { label: y, codes: fresh.map((value, i) => (this.anchored ? memory.codes.code(value, leading(weyl(start, i), 16)) : memory.codes.code(value))) };
    own.kept++;
    if (own.newest !== place + 1) own.secondNewest = own.newest;
    own.newest = place + 1;
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

  // ---- prototypes: means and deviations in Q11, or Q9 of spreads ----

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
  private imagine(residual: readonly number[], inDeviations: readonly number[]): { label: number; values: number[] } {
    const { memory } = this;
    const labels = memory.labels.flatMap((_, c) => (c < this.labels && memory.prototypes[c][0].count > 0 ? [c] : []));
    const label = labels[this.below(labels.length)];
    const prototypes = memory.prototypes[label];
    let drawn = this.below(prototypes.reduce((sum, { count }) => sum + count, 0));
    const prototype = prototypes.find(({ count }) => (drawn -= count) < 0)!;
    const values = residual.map((value, i) => {
      const most = 3 * Math.abs(value);
      const scaled = shiftRight(inDeviations[i] * Math.max(this.deviationOf(prototype, i), this.leastDeviation), 8);
      return within8(shiftRight(this.meanOf(prototype, i) + clamp(scaled, -most, most), 3));
    });
    return { label, values };
  }
}

/** Five bits further for every input: the last sample again, or another. */
const printOf = (x: ArrayLike<number>): number => Array.from(x).reduce((print, bits) => (((print << 5) | (print >>> 27)) ^ bits) >>> 0, 0);

const copyOf = ({ label, codes }: Exemplar): Exemplar => ({ label, codes: [...codes] });
