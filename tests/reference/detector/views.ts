// One channel of streaming mode: several cheap views of what is usual, each with a tail of its own, and what the channel learns from a value.

import { bitLength, clamp, quotient, roundShift, shiftRight } from '../arithmetic.js';
import { decode } from '../normaliser.js';
import { Extremes } from './extremes.js';
import { History } from './history.js';
import { log2 } from './quantile.js';
import { Stay } from './stay.js';
import { KEEN, MOST, NONE, SURE, Tail, USUAL, toward, type Habit } from './tail.js';

/** In their order in the state. Values of the first eight are in quarters of a unit, of `quiet` in octaves, Q10, of the last three in samples, Q10. All but the last have a tail. */
export const VIEWS = ['up', 'down', 'change', 'rhythm', 'loud', 'trend', 'season', 'away', 'quiet', 'stuck', 'missing', 'stay'] as const;
export type View = (typeof VIEWS)[number];
const UNIT_VIEWS = 8;
const TAILED = 11;
const STAY = 11;

const LEVEL: Habit = { memory: 192, factor: 282, doubt: 60, rarity: SURE };
const QUICK: Habit = { memory: 48, factor: 282, doubt: 10, rarity: KEEN };
const SLOW: Habit = { memory: 48, factor: 384, doubt: 24, rarity: KEEN };
const SURELY: Habit = { ...QUICK, rarity: SURE };
const HABITS: Record<View, Habit> = {
  up: LEVEL, down: LEVEL, change: QUICK, rhythm: QUICK, loud: SLOW, trend: { ...SLOW, rarity: USUAL }, season: SLOW, away: SURELY,
  quiet: { ...SLOW, factor: 282, rarity: USUAL }, stuck: SURELY, missing: SURELY, stay: SURELY,
};
/** Least thresholds in steps (what |dx| usually is), Q2 of them. */
const FLOORS: Record<View, number> = { up: 8, down: 8, change: 4, rhythm: 4, loud: 1, trend: 0, season: 1, away: 4, quiet: 0, stuck: 0, missing: 0, stay: 0 };
/** And in themselves, Q10. */
const OWN_FLOORS: Partial<Record<View, number>> = { quiet: 1024, stuck: 8 * 1024, missing: 3 * 1024 };
/** Views whose threshold has half a step more: they are of one value. */
const SINGLE: readonly View[] = ['up', 'down', 'change', 'rhythm', 'away'];

const LARGE = 2 ** 36; // of an average, Q8
const VALUE_BITS = 27;
const SMALLEST_EXPONENT = -126;
const NEW = 3;
const BLOCK = 64;
const SHORT = 8; // block of a young channel
const SETTLED = 512; // values after which a channel is no longer young
const SEASONED = 256; // values with a period before it is judged by it
const PATIENCE = 48; // alarms in a row after which what comes is normal
/** Rates, Q16: 1/12, 1/16, 1/24, 3/32, 1/512, 1/1024, 1/2048. */
const [R12, R16, R24, R32_3, R512, R1024, R2048] = [5461, 4096, 2731, 6144, 128, 64, 32];

export class Channel {
  count = 0; // values seen, up to 2^32 - 1
  exponent = SMALLEST_EXPONENT;
  previous = 0;
  change = 0; // of the last value
  // Q8 of units
  mean = 0;
  deviation = 0; // mean distance from it
  drift = 0; // mean change
  step = 0; // mean distance from that
  resolution = 0; // smallest difference that comes
  wrong = 0; // mean size of the prediction's error
  loud = 0;
  active = 0;
  trend = 0;
  away = 0;
  season = 0;
  seasonMean = 0;
  seasons = 0; // values seen with the present period, up to 65535
  run = 0; // values without a change, up to 65535
  gap = 0; // missing values in a row, up to 65535
  alarms = 0; // in a row, fading; up to 65535
  inBlock = 0;
  block = SHORT;
  /** Q16; a missing value leaves it, for a while. */
  score = 0;
  view = 0; // which view gave it
  readonly extremes = new Extremes();
  readonly history: History;
  readonly stay = new Stay();
  readonly tails: Tail[];
  private values: number[] = [];
  private limits: number[] = [];

  constructor(size: number, readonly warmup: number, private readonly channels: number) {
    this.history = new History(size);
    this.tails = VIEWS.slice(0, TAILED).map((view) => new Tail(HABITS[view], channels));
  }

  observe(bits: number): void {
    const decoded = decode(bits);
    if (decoded.missing) {
      this.miss();
      return;
    }
    this.gap = 0;
    this.chooseUnit(decoded.exponent);
    const value = this.inUnits(bits);
    this.count = Math.min(this.count + 1, 2 ** 32 - 1);
    if (this.count === 1) this.first(value);
    else this.next(value);
  }

  private miss(): void {
    this.gap = Math.min(this.gap + 1, 65535);
    const at = VIEWS.indexOf('missing');
    const last = this.gap <= 3 ? this.score : 0;
    const view = this.view;
    this.values = VIEWS.map((_, k) => (k === at ? this.gap * 1024 : -1));
    this.judge();
    this.tails[at].add(Math.min(this.values[at], this.limits[at]));
    // it has been told for long enough: to be missing is its new normal, until a value comes
    if (this.gap === 65535 || this.values[at] - this.limits[at] > PATIENCE * 1024) this.score = 0;
    if (last > this.score) [this.score, this.view] = [last, view];
  }

  private first(value: number): void {
    this.mean = value * 256;
    this.previous = value;
    this.extremes.add(value);
    this.history.base = value;
    this.history.push(0);
  }

  private next(value: number): void {
    const { history, extremes, tails, count } = this;
    const young = quotient(65536, Math.min(count, 65535));
    const rate = (settled: number): number => Math.max(young, settled);
    const isSecond = count === 2;

    const dx = value - this.previous;
    this.previous = value;
    const before = this.change;
    this.change = dx;
    const cap = 4 * this.step + this.resolution;
    const moved = dx * 256 - this.drift;
    const bounded = isSecond ? moved : clamp(moved, -cap, cap);

    const code = history.code(value);
    const error = history.error(code, shiftRight(this.mean, 8));
    const wrong = Math.min(Math.abs(error) * 2 ** (8 + history.shift), LARGE); // Q8
    this.wrong = toward(this.wrong, isSecond ? wrong : Math.min(wrong, 4 * this.wrong + this.resolution), rate(R512));
    this.loud = toward(this.loud, Math.min(wrong, 4 * this.wrong), rate(R12));
    this.active = toward(this.active, Math.abs(bounded), rate(R24));
    this.trend = toward(this.trend, bounded, rate(R24));
    this.away = toward(this.away, Math.abs(value * 256 - this.mean), R32_3);
    this.run = dx === 0 ? Math.min(this.run + 1, 65535) : 0;
    const isSeasonal = this.compareSeason(code);

    const quarter = (size: number): number => Math.min(shiftRight(size, 6), MOST); // Q8 to Q2
    this.values = [
      extremes.known ? Math.max(value - extremes.greatest, 0) * 4 : 0, extremes.known ? Math.max(extremes.least - value, 0) * 4 : 0,
      quarter(Math.abs(moved)), quarter(wrong), quarter(this.loud), quarter(Math.abs(this.trend)), isSeasonal ? quarter(this.season) : -1, quarter(this.away),
      this.quietness(), this.run * 1024, -1, this.stayValue(value),
    ];
    this.judge();
    this.resolve(Math.abs(dx));
    this.resolve(Math.abs(dx - before));

    const calm = this.score <= 65536;
    this.alarms = calm ? Math.max(this.alarms - 1, 0) : Math.min(this.alarms + 1, 65535);
    const accept = this.alarms > Math.min(PATIENCE, 8 + shiftRight(count, 4));
    const learns = calm || accept;
    const isFresh = count < SETTLED; // what is odd may come again: it is learned whole
    tails.forEach((_, k) => {
      const size = this.values[k];
      if (size < 0) return;
      if (accept && size > this.limits[k]) tails[k].accept(size);
      tails[k].add(learns || isFresh ? size : Math.min(size, this.limits[k]));
    });
    if (accept) {
      extremes.accept(value);
      this.stay.accept();
    }
    const usual = learns || !extremes.known ? value : clamp(value, extremes.least - shiftRight(this.limits[1], 3), extremes.greatest + shiftRight(this.limits[0], 3));
    if (learns) {
      const codes = (size: number): number => Math.min(shiftRight(size, 8 + history.shift), 65535);
      const bound = codes(3 * this.wrong);
      history.learn(calm ? error : clamp(error, -bound, bound), codes(this.deviation), !isFresh);
      this.drift = toward(this.drift, this.drift + bounded, rate(R512));
      this.step = toward(this.step, Math.abs(bounded), rate(R1024));
    }
    const distance = Math.abs(usual * 256 - this.mean);
    this.deviation = toward(this.deviation, isSecond ? distance : Math.min(distance, 8 * this.deviation + this.resolution), rate(R2048));
    this.mean = toward(this.mean, usual * 256, rate(R2048));
    extremes.add(usual);
    history.push(history.code(usual));
    this.inBlock++;
    if (this.inBlock >= this.block) this.endBlock();
    if (history.search()) this.forgetSeason();
  }

  private stayValue(value: number): number {
    const { extremes, stay, count } = this;
    if (extremes.known) stay.observe(value, extremes.least, extremes.greatest, Math.max(quotient(65536, Math.min(count, 65535)), R1024));
    return stay.value;
  }

  /** The smallest difference that comes, but for none: it grows by a 1024th where none comes. */
  private resolve(size: number): void {
    if (size === 0) return;
    const grown = this.resolution + shiftRight(this.resolution, 10) + 1;
    this.resolution = this.resolution === 0 ? size * 256 : Math.min(size * 256, grown);
  }

  /** True if the season may judge. */
  private compareSeason(code: number): boolean {
    const { history } = this;
    if (history.period === 0) return false;
    const apart = Math.min(history.apart(code) * 2 ** (8 + history.shift), 4 * this.deviation, LARGE);
    this.seasons = Math.min(this.seasons + 1, 65535);
    const young = quotient(65536, this.seasons);
    this.season = toward(this.season, apart, Math.max(young, R16));
    this.seasonMean = toward(this.seasonMean, apart, Math.max(young, R512));
    if (this.seasons > SEASONED && 10 * this.seasonMean < 3 * this.deviation) return true;
    this.tails[6].add(Math.min(shiftRight(this.season, 6), MOST));
    return false;
  }

  /** By how many octaves it moves less than it usually does, Q10, at most 10. */
  private quietness(): number {
    if (this.step === 0) return 0;
    const down = Math.max(bitLength(this.step) - 31, 0);
    const usual = shiftRight(this.step, down);
    const now = Math.max(shiftRight(this.active, down), shiftRight(usual, 10), 1);
    return now >= usual ? 0 : log2(usual) - log2(now);
  }

  /** Each view's value over its threshold: the greatest is the score, and its view is named; but the level where the value is beyond that threshold, too. */
  private judge(): void {
    const { tails, extremes } = this;
    this.score = 0;
    this.view = 0;
    this.limits = VIEWS.map((view, k) => {
      if (this.values[k] < 0) return 0;
      if (k === STAY) return this.stay.limit;
      let limit = view === 'loud' && this.count <= BLOCK ? NONE : tails[k].threshold; // the prediction is still being learned
      if (view === 'up' || view === 'down') {
        const other = tails[1 - k].threshold;
        if (other !== NONE) limit = Math.max(limit, shiftRight(other * 77, 8)); // 0.3
      }
      if (k < UNIT_VIEWS && limit !== NONE) {
        limit += shiftRight(this.resolution, 7); // half of it, Q2
        if (SINGLE.includes(view)) limit += shiftRight(this.step, 7);
      }
      if (view === 'up' || view === 'down' || view === 'away') limit = Math.max(limit, extremes.reach * (view !== 'away' || extremes.isYoung ? 3 : 2));
      if (k < UNIT_VIEWS) limit = Math.max(limit, shiftRight(this.step * FLOORS[view], 8) + shiftRight(this.resolution, view === 'loud' ? 5 : 6));
      if (view === 'trend' && extremes.isYoung) limit = Math.max(limit, shiftRight(extremes.reach, 2));
      return Math.min(Math.max(limit, OWN_FLOORS[view] ?? 1), NONE);
    });
    if (this.count <= this.warmup) return;
    this.values.forEach((value, k) => {
      if (value * 65536 <= this.score * this.limits[k]) return;
      this.score = Math.min(quotient(value * 65536, this.limits[k]), 2 ** 20);
      this.view = k;
    });
    for (const k of [0, 1]) if (this.values[k] > this.limits[k]) this.view = k;
  }

  private endBlock(): void {
    this.inBlock = 0;
    if (this.block < BLOCK && this.count >= 8 * this.block) this.block *= 2;
    this.tails.forEach((tail, k) => {
      if (VIEWS[k] !== 'season' || this.seasons > BLOCK) tail.endBlock();
    });
    this.extremes.endBlock();
    this.refine();
    this.history.fit(this.extremes.least, this.extremes.greatest);
  }

  private forgetSeason(): void {
    this.seasons = 0;
    this.season = 0;
    this.seasonMean = 0;
    this.tails[6] = new Tail(HABITS.season, this.channels);
  }

  private chooseUnit(exponent: number): void {
    const excess = exponent - this.exponent;
    if (excess > 0) this.coarsen(this.count < NEW || this.deviation === 0 ? excess + 1 : 1);
  }

  /** A unit 16 times as fine, where all that is known leaves room. */
  private refine(): void {
    const { extremes, history } = this;
    const small = Math.max(Math.abs(history.base) / 16, Math.abs(extremes.least), Math.abs(extremes.greatest), Math.abs(this.previous), Math.abs(this.change)) < 2 ** 19;
    const known = Math.max(Math.abs(this.mean), this.deviation, this.step, this.resolution, Math.abs(this.drift), this.wrong, this.loud, this.active, Math.abs(this.trend), this.away, this.season, this.seasonMean);
    if (small && known < 2 ** 29 && this.exponent >= SMALLEST_EXPONENT + 4) this.coarsen(-4);
  }

  private coarsen(by: number): void {
    const { tails, extremes, history } = this;
    this.exponent += by;
    for (const name of ['previous', 'change', 'mean', 'deviation', 'drift', 'step', 'resolution', 'wrong', 'loud', 'active', 'trend', 'away', 'season', 'seasonMean'] as const) {
      this[name] = shiftRight(this[name], by);
    }
    extremes.coarsen(by);
    history.coarsen(by);
    for (let k = 0; k < UNIT_VIEWS; k++) tails[k].coarsen(by);
  }

  private inUnits(bits: number): number {
    const { sign, mantissa, exponent } = decode(bits);
    if (mantissa === 0) return 0;
    const up = exponent - this.exponent;
    if (up > VALUE_BITS - 24) return sign * (2 ** VALUE_BITS - 1);
    if (up < -25) return 0;
    return sign * roundShift(mantissa, -up);
  }
}
