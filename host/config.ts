import { checkConfig, checkLayers, choice, describe, flag, inputScaleOf, number, whole } from './config-values.js';
import { namesOf } from './label-names.js';
import { resolveGrid, resolvePatches, type Grid, type LocalLayer, type Patches } from './patches.js';
import { DRIFTS, KEEPS, SECOND_ORDERS, USUAL, WORDS } from './words.generated.js';
import { decode, encode } from './words.js';

/**
 * A build of the core. All learn the same bytes; `simd` is several times as fast as `scalar`. `relaxed`, which only a learner without memory, drift alarms, decorrelating
 * step and grid can have, takes wide layers of 8 bits another 1.2 to 1.5 times as fast where the processor multiplies and adds bytes in one instruction.
 */
export type Build = 'relaxed' | 'simd' | 'scalar';

/** A build that every core has. */
export type CommonBuild = Exclude<Build, 'relaxed'>;

/** Settings of a learner, fixed at its creation. Only `labels` and one of `inputs`, `window` and `grid` have no default. */
export type LearnerConfig<L extends string = string> = LearnerSettings<L> & LearnerInput & LearnerMemory;

/** Kind of sample: so many values, a window of raw signal, or a grid. */
export type LearnerInput =
  | {
      /** Values per sample, 1 to 4096. */
      inputs: number;
      window?: never;
      grid?: never;
    }
  | {
      /** Raw sensor windows instead of features: a sample is then `samples` x `axes` values, t-major (x0 y0 z0 x1 ...). */
      window: WindowShape;
      inputs?: never;
      grid?: never;
    }
  | {
      /** The sample is a grid of values, channels last, that the first layers look at through windows: for images and maps. */
      grid: Grid;
      inputs?: never;
      window?: never;
    };

/** Kind of memory: past samples, means of them, or nothing. */
export type LearnerMemory =
  | {
      /** Past samples kept in the arena, balanced over the labels, and replayed beside every new one: 0 to 65535. Default 0. Give some, 200 say, where labels are taught one after the other; docs/memory.md has what they cost. */
      exemplars?: number;
      /**
       * Bits of a stored value: 8, 4 or 2. Fewer bits and more exemplars are the better use of the same bytes where labels come mixed and channels are tame: 4 bits reach 8
       * usual distances of a channel from its centre, 2 bits 3, and what lies beyond is stored as if it did not. Default 8, which reach 325,000.
       */
      exemplarBits?: 8 | 4 | 2;
      /**
       * Choice of what a full store of exemplars keeps of each label: the newest, or a fair sample of all that came. Spread is for conditions of one label that come
       * back after long (a machine at several speeds); it keeps what is no longer true, too. Default 'recent'.
       */
      keep?: Keep;
      prototypes?: 0;
    }
  | {
      /** Instead of exemplars, store no sample: so many running means with deviations per label, 0 to 64. Default 0. For data that must not be kept. */
      prototypes?: number;
      exemplars?: 0;
      exemplarBits?: never;
      keep?: never;
    };

/** Settings that every kind of sample and of memory shares. */
export interface LearnerSettings<L extends string = string> {
  /** Units of each layer, 1 to 8 layers of 1 to 4096. Default [64, 64]; give at least as many as there are labels. With a `grid` the first may be local, `{ field, stride, channels }`. */
  units?: readonly (number | LocalLayer)[];
  /** Names of the labels known from the start, distinct. May be fewer than `labelCapacity`, even none: `learn` adds what it meets. */
  labels: readonly L[];
  /** Labels there is room for, 2 to 256; each costs two bytes a unit. Default: as many as `labels` names; to be given where those are fewer than 2. */
  labelCapacity?: number;
  /** Bits of a weight. Default 8: at most 0.2 points below 16 on average, in half the memory. A dense first layer of at most 8 inputs has 16 in any case. */
  bits?: 8 | 16;
  /** Decides every random bit. Unsigned 32-bit integer, default 1; another one for another run of the same experiment. */
  seed?: number;
  /** Layers after the first also see the standardised input; local ones never do. Default true; false with a `grid`. Without it later layers take less memory. */
  skipInput?: boolean;
  /** Each layer finds its own multiple of `rate`, 0.4 to 2.5. Default true; false keeps `rate` as you set it. */
  selfRate?: boolean;
  /** Learning rate eta, above 0, at most 1. Default 0.05, which serves every stream of BENCHMARKS.md, as each layer finds its own multiple. */
  rate?: number;
  /** Sharpness of the softmax over goodness, 0.25 to 64. Default 10. A sharper one learns less from samples that are nearly right. */
  alpha?: number;
  /** A layer is not updated by a sample whose error 1 - p(label) in it is below this, 0 to 0.5. Default 0.05. Raise it to save time: more samples cost no update. */
  margin?: number;
  /**
   * Direction along which weights move: 'off', along their inputs; 'input', weights that see the sample along its decorrelated direction, so that channels that
   * move together are learned as fast as independent ones; 'full', those that see units, too, and what pulls the units of a layer is decorrelated as
   * well. Costs about inputs^2 bytes, with 'full' twice units^2 for each layer (once for the last), too; up to 512 of each. As with exemplars, prototypes or
   * drift, labels that were never seen are then no candidates. Default 'off'.
   */
  secondOrder?: SecondOrder;
  /** Multiplies every input instead of the running standardisation, 1e-30 to 1e30 in size. Set it where all inputs have one known range, as pixels do; best where the result has an RMS of about 1 (3/255 for MNIST). Default: none, inputs are standardised. */
  inputScale?: number;
  /** Stored samples learned again beside every new one, 0 to 64: fewer of labels that come by themselves, where that does not help. Default 6 with exemplars or prototypes. */
  replays?: number;
  /**
   * Keep what each label usually is, so that `predict` says how familiar a sample is: 2 bytes an input and label. Default true; false with an
   * `inputScale` or a `grid`, whose inputs are many.
   */
  familiar?: boolean;
  /**
   * Detector of abrupt change. Default 'two-rates' with exemplars or prototypes, otherwise 'none'. With any of the three, labels that were
   * never seen are no candidates: not in answers, not in learning.
   */
  drift?: Drift;
}

/** Settings without samples and labels, which others know: spread it beside them. */
export type LearnerWishes = Partial<LearnerSettings> & LearnerMemory;

/** The samples that a full memory keeps. */
export type Keep = (typeof KEEPS)[number];

/**
 * Drift detectors on the learner's own errors (two-rates, page-hinkley, adwin, ddm), or on the inputs alone. An alarm doubles the rate,
 * fading over some 256 samples. Without exemplars or prototypes it also lets the standardisation move again and draws the gates anew (not with
 * 'input'); with them the next samples, 24 at most, judge first: only a memory that they contradict is emptied, and only then the rest happens.
 */
export type Drift = (typeof DRIFTS)[number];

export { DRIFTS, KEEPS, SECOND_ORDERS };

/** Direction along which weights move. */
export type SecondOrder = (typeof SECOND_ORDERS)[number];

/** Shape of a window of raw signal. */
export interface WindowShape {
  /** Channels sampled together, 1 to 64. */
  axes: number;
  /** Moments in a window, 8 to 256. */
  samples: number;
}

/** A configuration with every default filled in and every value checked. */
export interface ResolvedConfig {
  readonly inputs: number;
  readonly window: Readonly<WindowShape> | null;
  readonly grid: Readonly<Grid> | null;
  /** Of local layers those of all patches. */
  readonly units: readonly number[];
  /** The local layers, which come first; empty without. */
  readonly patches: readonly Patches[];
  readonly labels: readonly string[];
  readonly bits: 8 | 16;
  readonly seed: number;
  readonly skipInput: boolean;
  readonly selfRate: boolean;
  readonly rate: number;
  readonly alpha: number;
  readonly margin: number;
  readonly secondOrder: SecondOrder;
  readonly inputScale: number | null;
  readonly labelCapacity: number;
  readonly exemplars: number;
  readonly exemplarBits: 8 | 4 | 2;
  readonly prototypes: number;
  readonly keep: Keep;
  readonly familiar: boolean;
  readonly replays: number;
  readonly drift: Drift;
}

/** 2 lose a point on Split-MNIST and on the fan, 12 gain nothing. */
const REPLAYS = 6;
/** Values up to which sums over a whitening factor fit the core's 32 bits (assembly/kernels/factor.ts). */
const MAX_FACTOR_VALUES = 512;

/** Features that a window gives per axis: mean, deviation, amplitudes of half a power of two of bands. */
export function windowFeatures(window: WindowShape): number {
  return window.axes * (2 + (1 << (31 - Math.clz32(window.samples - 1))));
}

/**
 * Fills in defaults and checks everything.
 * @throws TypeError for a value of the wrong type, RangeError for one outside its range; both name the field.
 */
export function resolveConfig(config: LearnerConfig): ResolvedConfig {
  checkConfig(config, KNOWN, "{ inputs: 6, labels: ['idle', 'walk'] }");
  const window = config.window === undefined ? null : resolveWindow(config.window);
  const grid = config.grid === undefined ? null : resolveGrid(config.grid);
  if (grid !== null && window !== null) throw new RangeError('config.grid: a window is no grid; give one');
  if (window === null && grid === null && config.inputs === undefined) {
    throw new TypeError('config.inputs: missing; give the number of values per sample, or a window');
  }
  const derived = window !== null ? windowFeatures(window) : grid !== null ? grid.height * grid.width * grid.channels : undefined;
  const inputs = whole('inputs', config.inputs ?? derived, 1, 4096);
  if (derived !== undefined && inputs !== derived) {
    const which = window === null ? 'grid, whose values' : 'window, whose features';
    throw new RangeError(`config.inputs: ${inputs} does not fit the ${which} are ${derived}; leave it out`);
  }
  const layers = config.units ?? [64, 64];
  checkLayers(layers, 1);
  const patches: Patches[] = [];
  const units = layers.map((layer: number | LocalLayer, l) => {
    if (typeof layer !== 'object' || layer === null) return whole(`units[${l}]`, layer, 1, 4096);
    const above = l === 0 ? grid ?? undefined : patches[l - 1] && gridOf(patches[l - 1]!);
    return (patches[l] = resolvePatches(`units[${l}]`, layer, above)).units;
  });
  if (grid !== null && patches.length === 0) {
    throw new RangeError('config.grid: no layer looks at it; give units such as [{ field: 8, stride: 4, channels: 32 }], or inputs in its place');
  }
  const inputScale = inputScaleOf(config.inputScale);
  const labels = namesOf('labels', config.labels);
  const labelCapacity = whole('labelCapacity', config.labelCapacity ?? Math.max(labels.length, 2), 2, 256);
  if (labels.length > labelCapacity) throw new RangeError(`config.labelCapacity: ${labelCapacity} is less than the ${labels.length} labels`);
  if (config.labelCapacity === undefined && labels.length < 2) {
    throw new RangeError(`config.labels: ${labels.length} labels; expected 2 to 256, or a labelCapacity to grow to`);
  }
  const exemplars = whole('exemplars', config.exemplars ?? 0, 0, 65535);
  const prototypes = whole('prototypes', config.prototypes ?? 0, 0, 64);
  if (exemplars > 0 && prototypes > 0) throw new RangeError('config.prototypes: they stand in for exemplars; give one of the two');
  const remembers = exemplars > 0 || prototypes > 0;
  const exemplarBits = choice('exemplarBits', config.exemplarBits ?? 8, [8, 4, 2]);
  if (exemplarBits !== 8 && exemplars === 0) throw new RangeError('config.exemplarBits: there are no exemplars; give their number too');
  const keep = choice('keep', config.keep ?? 'recent', KEEPS);
  if (keep !== 'recent' && exemplars === 0) throw new RangeError('config.keep: there are no exemplars to keep; give their number too');
  const replays = whole('replays', config.replays ?? (remembers ? REPLAYS : 0), 0, 64);
  if (replays > 0 && !remembers) throw new RangeError('config.replays: there is nothing to replay; give exemplars or prototypes');
  const drift = choice('drift', config.drift ?? (remembers ? 'two-rates' : 'none'), DRIFTS);
  const secondOrder = choice('secondOrder', config.secondOrder ?? 'off', SECOND_ORDERS);
  // made-up samples of prototypes have no correlations
  const factors = factorsOf({ inputs, units, patches, secondOrder });
  const widest = Math.max(...factors);
  const hinders = prototypes > 0 ? 'prototypes' : widest > MAX_FACTOR_VALUES ? `${widest} ${factors.indexOf(widest) < units.length ? 'inputs' : 'units'} of a layer, more than ${MAX_FACTOR_VALUES}` : '';
  if (secondOrder !== 'off' && hinders !== '') throw new RangeError(`config.secondOrder: '${secondOrder}' does not work with ${hinders}; make it 'off'`);
  return Object.freeze({
    inputs,
    window,
    grid,
    units: Object.freeze(units),
    patches: Object.freeze(patches),
    labels,
    labelCapacity,
    bits: choice('bits', config.bits ?? USUAL.bits, [8, 16]),
    seed: whole('seed', config.seed ?? USUAL.seed, 0, 0xffffffff),
    skipInput: flag('skipInput', config.skipInput ?? grid === null),
    selfRate: flag('selfRate', config.selfRate ?? true),
    rate: resolveRate(config.rate ?? USUAL.rate),
    alpha: number('alpha', config.alpha ?? USUAL.alpha, 0.25, 64),
    margin: number('margin', config.margin ?? USUAL.margin, 0, 0.5),
    secondOrder,
    inputScale,
    exemplars,
    exemplarBits,
    prototypes,
    keep,
    familiar: flag('familiar', config.familiar ?? (inputScale === null && grid === null)),
    replays,
    drift,
  });
}

const KNOWN: readonly string[] = [
  'inputs', 'window', 'grid', 'units', 'labels', 'labelCapacity', 'bits', 'seed', 'skipInput', 'selfRate', 'rate', 'alpha', 'margin', 'secondOrder', 'inputScale',
  'exemplars', 'exemplarBits', 'prototypes', 'keep', 'familiar', 'replays', 'drift',
];

/** Values of each whitening factor: of the sample, then of the units before each later layer, of a local one those of a window, then of the pulls of each layer. */
export function factorsOf({ inputs, units, patches, secondOrder }: Pick<ResolvedConfig, 'inputs' | 'units' | 'patches' | 'secondOrder'>): number[] {
  const seen = [inputs, ...units.slice(0, -1)].map((values, l) => patches[l]?.inputs ?? values);
  return secondOrder === 'off' ? [] : secondOrder === 'input' ? seen.slice(0, 1) : [...seen, ...units];
}

/** Inputs up to which a dense first layer has 16-bit weights whatever `bits` says. */
const FEW_INPUTS = 8;

/** Bits of a weight of a layer, as assembly/layout.ts has it. */
export function bitsOf({ inputs, bits, grid }: ResolvedConfig, layer: number): 8 | 16 {
  return layer === 0 && grid === null && inputs <= FEW_INPUTS ? 16 : bits;
}

/** True if the plain core will not do: it has no memory, no drift alarms and no decorrelating step. */
export function isContinual({ exemplars, prototypes, drift, secondOrder }: ResolvedConfig): boolean {
  return exemplars > 0 || prototypes > 0 || drift !== 'none' || secondOrder !== 'off';
}

/** True if there are local layers: a core of their own. */
export function isLocal({ grid }: ResolvedConfig): boolean {
  return grid !== null;
}

/**
 * The plain learner's core, whose scalar build is loaded only where a runtime has no vectors; or one that is loaded only when it is asked for: with a memory and
 * drift alarms, with local receptive fields, or with both.
 */
export type CoreName = 'core' | 'continual' | 'fields' | 'vision';

/** The core that has the parts of a configuration, and no other. */
export function coreOf(config: ResolvedConfig): CoreName {
  return isLocal(config) ? (isContinual(config) ? 'vision' : 'fields') : isContinual(config) ? 'continual' : 'core';
}

function gridOf({ down, across, channels }: Patches): Grid {
  return { height: down, width: across, channels };
}

/** Learning rate eta, in Q16 above 0. */
export function resolveRate(rate: number): number {
  return number('rate', rate, 1 / 65536, 1);
}

function resolveWindow(window: WindowShape): Readonly<WindowShape> {
  if (typeof window !== 'object' || window === null) {
    throw new TypeError(`config.window: expected { axes, samples }, got ${describe(window)}`);
  }
  const axes = whole('window.axes', window.axes, 1, 64);
  return Object.freeze({ axes, samples: whole('window.samples', window.samples, 8, 256) });
}

/** The configuration block of the core. */
export function configWords(config: ResolvedConfig): Int32Array {
  const { units, patches, inputScale, window, grid } = config;
  return encode(
    WORDS,
    {
      ...config,
      clip: USUAL.clip,
      gateDivisor: USUAL.gateDivisor,
      layers: units.length,
      fixedScale: inputScale !== null,
      ...(window ?? { gridHeight: grid?.height ?? 0, gridWidth: grid?.width ?? 0 }),
      ...(isContinual(config) ? {} : { exemplarBits: 0 }), // the plain core stores nothing
    },
    units.map((count, l) => ({ units: count, ...patchOf(patches[l]) })),
  );
}

const patchOf = (layer: Patches | undefined) => layer && { units: layer.channels, stride: layer.stride, field: layer.field };

/** The configuration that a block of words and a label table stand for; what `configWords` wrote. */
export function configFromWords(words: Int32Array, labels: readonly string[]): LearnerConfig {
  const { values, layers } = decode(WORDS, words);
  const { inputs, axes, samples, gridHeight: height, gridWidth: width } = values;
  const options = Object.fromEntries(Object.entries(values).filter(([name]) => KNOWN.includes(name)));
  const shape = samples > 0 ? { window: { axes, samples } } : axes > 0 ? { grid: { height, width, channels: inputs / (height * width) } } : {};
  const units = layers.map(({ units, stride, field }) => (field === 0 ? units : { field, stride, channels: units }));
  return { ...options, ...shape, units, labels, inputScale: values.fixedScale ? values.inputScale : undefined, exemplarBits: values.exemplarBits || undefined } as LearnerConfig;
}
