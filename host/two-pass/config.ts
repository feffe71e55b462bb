import { describe, number, whole } from '../config-values.js';
import type { LocalLayer } from '../patches.js';
import { decode, encode } from '../words.js';
import { USUAL, WORDS } from './words.generated.js';

/** What a two-pass network is made of. Only `layers` and one of `inputs` and `grid` have no default. */
export interface TwoPassConfig {
  /** Values per sample, 1 to 4096. Follows from `grid` where that is given. */
  inputs?: number;
  /** Shape of a sample that local layers look at: [height, width, channels], channel-last. */
  grid?: readonly [height: number, width: number, channels: number];
  /** 1 to 8 layers, from the input on: units of a dense one, or the windows of a local one. At most 4096 units a layer. */
  layers: readonly (number | LocalLayer)[];
  /** Labels, 2 to 256, known by their index; 0, the default, for data without any. */
  labels?: number;
  /** The label is part of the first layer's input, which must be dense. Default false. */
  labelInput?: boolean;
  /** What a label's input column holds, 0 to 7.99; 1 is the RMS of a sample. Default 6. */
  labelStrength?: number;
  /** `learnLabelled` draws the wrong label from softmax(hardness x goodness of the first layer), 0 (all alike) to 64. Default 4. */
  hardness?: number;
  /** A linear softmax over the activities of the layers, for prediction in one pass. Default: where there are labels that are not input. */
  readout?: boolean;
  /** First layer that the readout sees. Default 1, with one layer 0. */
  readoutFrom?: number;
  /** Share of its inputs that the readout does without while it learns, drawn anew for every sample, 0 to 0.9; more of them, more of it. Default 0. */
  readoutDrop?: number;
  /** First layer whose goodness counts in a prediction. Default 0. */
  goodnessFrom?: number;
  /** `square`: mean of squared activities; `activity`: mean activity. Default `square`. */
  goodness?: 'square' | 'activity';
  /** 1: goodness is high for positive data; -1: low. Default 1. */
  sign?: 1 | -1;
  /** What `learnPair` and `learnLabelled` lower: `pairwise`, -log sigmoid(alpha sign (G+ - G-)), or `threshold`, each of the two against theta. Default `pairwise`. */
  loss?: 'pairwise' | 'threshold';
  /**
   * Units that share a goodness and are right or wrong together: a multiple of 8 that divides the units of every layer, in their order (the channels of a local
   * layer make a group a patch, so that goodness is judged place by place). 0, the default: all units of a layer.
   */
  group?: number;
  /** Threshold of goodness, 0 to 64. Default 1; mean activity 0.5. */
  theta?: number;
  /** Sharpness of the loss, 1/64 to 4096. Default 4. */
  alpha?: number;
  /** Learning rate eta of the layers, 0 to 8; eta alpha counts as 8 at most. Default 0.1. */
  rate?: number;
  /** Learning rate of the readout, 0 to 8. Default 1. */
  readoutRate?: number;
  /** A step whose error 1 - p is below this leaves a layer alone, 0 to 0.5. Default 0.02. */
  margin?: number;
  /** Peer normalisation: pulls each unit's running mean activity to the layer's, units that are off too, 0 to 1. Hinton's code has 0.03. Default 0: none. */
  peers?: number;
  /** Scales every sample to RMS 1. Default true. */
  normalise?: boolean;
  /** Multiplies every input instead of the running standardisation. */
  inputScale?: number;
  /** Bits of a weight. Default 16. */
  bits?: 8 | 16;
  /** Decides every random bit. Unsigned 32-bit integer, default 1. */
  seed?: number;
}

/** A layer with what follows from the grid that it sees. */
export interface ResolvedLayer {
  /** Side of a window and the cells between windows; 0 for a dense layer. */
  readonly field: number;
  readonly stride: number;
  /** Units of a patch; of the whole layer where it is dense. */
  readonly channels: number;
  /** Patches: 1 where the layer is dense. */
  readonly patches: number;
  /** Values that a patch sees, without the label. */
  readonly window: number;
  /** patches x channels */
  readonly units: number;
}

/** A configuration with every default filled in and every value checked. */
export type ResolvedTwoPassConfig = Readonly<
  Required<Omit<TwoPassConfig, 'layers' | 'inputScale' | 'grid'>> & {
    grid: readonly [number, number, number];
    layers: readonly ResolvedLayer[];
    inputScale: number | null;
  }
>;

const KNOWN = [
  'inputs', 'grid', 'layers', 'labels', 'labelInput', 'labelStrength', 'hardness', 'readout', 'readoutFrom', 'readoutDrop', 'goodnessFrom', 'group', 'goodness', 'sign', 'loss',
  'theta', 'alpha', 'rate', 'readoutRate', 'margin', 'peers', 'normalise', 'inputScale', 'bits', 'seed',
];

/**
 * Fills in defaults and checks everything.
 * @throws TypeError for a value of the wrong type, RangeError for one outside its range; both name the field.
 */
export function resolveTwoPassConfig(config: TwoPassConfig): ResolvedTwoPassConfig {
  if (typeof config !== 'object' || config === null) {
    throw new TypeError(`config: expected an object such as { inputs: 64, layers: [100, 100] }, got ${describe(config)}`);
  }
  for (const key of Object.keys(config)) {
    if (!KNOWN.includes(key)) throw new TypeError(`config.${key}: no such field; there are ${KNOWN.join(', ')}`);
  }
  const grid = resolveGrid(config);
  const inputs = grid[0] * grid[1] * grid[2];
  if (config.inputs !== undefined && config.inputs !== inputs) {
    throw new RangeError(`config.inputs: ${describe(config.inputs)} is not ${grid.join(' x ')} = ${inputs}; leave it out`);
  }
  const layers = resolveLayers(config.layers, grid);
  const labels = config.labels === undefined || config.labels === 0 ? 0 : whole('labels', config.labels, 2, 256);
  const labelInput = flag('labelInput', config.labelInput ?? false);
  const readout = flag('readout', config.readout ?? (labels > 0 && !labelInput));
  if ((labelInput || readout) && labels === 0) throw new RangeError(`config.labels: 0, but config.${labelInput ? 'labelInput' : 'readout'} needs 2 to 256`);
  if (labels > 0 && !labelInput && !readout) throw new RangeError(`config.labels: ${labels} labels with neither readout nor labelInput; leave them out`);
  if (labelInput && layers[0]!.field !== 0) throw new RangeError('config.labelInput: the first layer has windows; the label needs a dense one');
  const goodness = choice('goodness', config.goodness ?? 'square', ['square', 'activity']);
  const inputScale = config.inputScale === undefined ? null : number('inputScale', config.inputScale, -1e30, 1e30);
  if (inputScale !== null && Math.abs(inputScale) < 1e-30) {
    throw new RangeError(`config.inputScale: ${inputScale} would erase every input; leave it out to standardise`);
  }
  return Object.freeze({
    inputs,
    grid,
    layers,
    labels,
    labelInput,
    labelStrength: number('labelStrength', config.labelStrength ?? USUAL.labelStrength, 0, USUAL.clip),
    hardness: number('hardness', config.hardness ?? USUAL.hardness, 0, 64),
    readout,
    readoutFrom: whole('readoutFrom', config.readoutFrom ?? Math.min(1, layers.length - 1), 0, layers.length - 1),
    readoutDrop: number('readoutDrop', config.readoutDrop ?? 0, 0, 0.9),
    group: resolveGroup(config.group ?? 0, layers),
    goodnessFrom: whole('goodnessFrom', config.goodnessFrom ?? 0, 0, layers.length - 1),
    goodness,
    sign: choice('sign', config.sign ?? 1, [1, -1]),
    loss: choice('loss', config.loss ?? 'pairwise', ['pairwise', 'threshold']),
    theta: number('theta', config.theta ?? (goodness === 'square' ? 1 : 0.5), 0, 64),
    alpha: number('alpha', config.alpha ?? USUAL.alpha, 1 / 64, 4096),
    rate: resolveTwoPassRate('config.rate', config.rate ?? USUAL.rate),
    readoutRate: resolveTwoPassRate('config.readoutRate', config.readoutRate ?? USUAL.readoutRate),
    margin: number('margin', config.margin ?? USUAL.margin, 0, 0.5),
    peers: number('peers', config.peers ?? USUAL.peers, 0, 1),
    normalise: flag('normalise', config.normalise ?? true),
    inputScale,
    bits: choice('bits', config.bits ?? USUAL.bits, [8, 16]),
    seed: whole('seed', config.seed ?? USUAL.seed, 0, 0xffffffff),
  });
}

/** A learning rate, 0 to 8. */
export function resolveTwoPassRate(name: string, rate: unknown): number {
  if (typeof rate !== 'number') throw new TypeError(`${name}: expected a number, got ${describe(rate)}`);
  if (!(rate >= 0 && rate <= 8)) throw new RangeError(`${name}: got ${rate}; expected 0 to 8`);
  return rate;
}

function resolveGrid({ grid, inputs }: TwoPassConfig): readonly [number, number, number] {
  if (grid === undefined) {
    if (inputs === undefined) throw new TypeError('config.inputs: missing; give the number of values per sample, or a grid');
    return Object.freeze([1, 1, whole('inputs', inputs, 1, 4096)] as const);
  }
  if (!Array.isArray(grid) || grid.length !== 3) throw new TypeError(`config.grid: expected [height, width, channels], got ${describe(grid)}`);
  const [height, width, channels] = grid.map((side, index) => whole(`grid[${index}]`, side, 1, 4096)) as [number, number, number];
  if (height * width * channels > 4096) throw new RangeError(`config.grid: ${grid.join(' x ')} = ${height * width * channels} inputs; expected at most 4096`);
  return Object.freeze([height, width, channels] as const);
}

function resolveLayers(layers: TwoPassConfig['layers'], grid: readonly [number, number, number]): readonly ResolvedLayer[] {
  if (!Array.isArray(layers)) throw new TypeError(`config.layers: expected an array such as [100, 100], got ${describe(layers)}`);
  if (layers.length < 1 || layers.length > 8) throw new RangeError(`config.layers: ${layers.length} layers; expected 1 to 8`);
  let [height, width, depth] = grid;
  return Object.freeze(
    (layers as TwoPassConfig['layers']).map((layer, index) => {
      const name = `layers[${index}]`;
      let resolved: ResolvedLayer;
      if (typeof layer === 'object' && layer !== null) {
        const field = whole(`${name}.field`, layer.field, 1, Math.min(height, width));
        const stride = whole(`${name}.stride`, layer.stride, 1, 4096);
        const channels = whole(`${name}.channels`, layer.channels, 1, 4096);
        const window = field * field * depth;
        height = Math.floor((height - field) / stride) + 1;
        width = Math.floor((width - field) / stride) + 1;
        depth = channels;
        const patches = height * width;
        resolved = { field, stride, channels, patches, window, units: patches * channels };
        if (resolved.units > 4096) throw new RangeError(`config.${name}: ${height} x ${width} x ${channels} = ${resolved.units} units; expected at most 4096`);
      } else {
        const channels = whole(name, layer, 1, 4096);
        resolved = { field: 0, stride: 0, channels, patches: 1, window: height * width * depth, units: channels };
        [height, width, depth] = [1, 1, channels];
      }
      return Object.freeze(resolved);
    }),
  );
}

function resolveGroup(value: unknown, layers: readonly ResolvedLayer[]): number {
  const group = whole('group', value, 0, 4096);
  const wrong = group === 0 ? undefined : layers.find(({ units }) => group % 8 !== 0 || units % group !== 0);
  if (wrong !== undefined) throw new RangeError(`config.group: got ${group}; expected a multiple of 8 that divides the units of every layer, and there is one of ${wrong.units}`);
  return group;
}

function choice<T extends string | number>(name: string, value: unknown, choices: readonly T[]): T {
  if (!choices.includes(value as T)) throw new RangeError(`config.${name}: got ${describe(value)}; expected ${choices.map(describe).join(' or ')}`);
  return value as T;
}

function flag(name: string, value: unknown): boolean {
  if (typeof value !== 'boolean') throw new TypeError(`config.${name}: expected true or false, got ${describe(value)}`);
  return value;
}

/** The configuration block of the core. */
export function twoPassWordsOf(config: ResolvedTwoPassConfig): Int32Array {
  const { layers, sign, grid, inputScale } = config;
  return encode(
    WORDS,
    { ...config, layers: layers.length, clip: USUAL.clip, negativeSign: sign < 0, fixedScale: inputScale !== null, gridHeight: grid[0], gridWidth: grid[1] },
    layers.map(({ channels, field, stride }) => ({ units: channels, field, stride })),
  );
}

/** The configuration that a block of words stands for; what `twoPassWordsOf` wrote. */
export function twoPassFromWords(words: Int32Array): TwoPassConfig {
  const { values, layers } = decode(WORDS, words);
  const { inputs, gridHeight, gridWidth, negativeSign, fixedScale, inputScale, clip, bits, ...plain } = values;
  return {
    ...plain,
    bits: bits as 8 | 16,
    grid: [gridHeight, gridWidth, inputs / (gridHeight * gridWidth)],
    layers: layers.map(({ units, field, stride }) => (field === 0 ? units : { field, stride, channels: units })),
    sign: negativeSign ? -1 : 1,
    ...(fixedScale ? { inputScale } : {}),
  };
}
