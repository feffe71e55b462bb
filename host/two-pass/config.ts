import { checkConfig, checkLayers, choice, describe, flag, inputScaleOf, number, whole } from '../config-values.js';
import { namesOf, numbered } from '../label-names.js';
import { resolveGrid, type Grid, type LocalLayer } from '../patches.js';
import { decode, encode } from '../words.js';
import { USUAL, WORDS } from './words.generated.js';

/** Settings of a two-pass network, fixed at its creation. Only `units` and one of `inputs` and `grid` have no default. */
export type TwoPassConfig<L extends string = string> = TwoPassSettings<L> & TwoPassInput;

/** Kind of sample: so many values, or a grid of them that local layers look at. */
export type TwoPassInput =
  | {
      /** Values per sample, 1 to 4096. */
      inputs: number;
      grid?: never;
    }
  | {
      /** The sample is a grid of values, channels last. */
      grid: Grid;
      inputs?: never;
    };

/** Settings that every kind of sample shares. */
export interface TwoPassSettings<L extends string = string> {
  /** 1 to 8 layers, from the input on: units of a dense one, or the windows of a local one. At most 4096 units a layer. */
  units: readonly (number | LocalLayer)[];
  /** Names of the labels, distinct, 2 to 256; none, the default, for data without any. */
  labels?: readonly L[];
  /** The label is part of the first layer's input, which must be dense. Default false. */
  labelInput?: boolean;
  /** Value of a label's input column, 0 to 7.99; 1 is the RMS of a sample. Default 6. Raise it if layers ignore the label. */
  labelStrength?: number;
  /** `learnLabelled` draws the wrong label from softmax(hardness x goodness of the first layer), 0 to 64; 0 draws all alike. Default 4. */
  hardness?: number;
  /** A linear softmax over the activities of the layers, for prediction in one pass. Default: where there are labels that are not input. */
  readout?: boolean;
  /** First layer that the readout sees, 0 to the last. Default 1, with one layer 0. */
  readoutFrom?: number;
  /** Dropout: share of its inputs that the readout does without while it learns, drawn anew for every sample, 0 to 0.9. Default 0; give more to wide layers. */
  readoutDrop?: number;
  /** First layer whose goodness counts in a prediction, 0 to the last. Default 0; 1 leaves out the one that sees the label itself. */
  goodnessFrom?: number;
  /** `square`: mean of squared activities; `activity`: mean activity. Default `square`. */
  goodness?: 'square' | 'activity';
  /** 1: goodness is high for positive data; -1: low. Default 1. */
  sign?: 1 | -1;
  /** The loss that `learnPair` and `learnLabelled` lower: `pairwise`, -log sigmoid(alpha sign (G+ - G-)), or `threshold`, each of the two against theta. Default `pairwise`. */
  loss?: 'pairwise' | 'threshold';
  /**
   * Units that share a goodness and are right or wrong together: a multiple of 8 that divides the units of every layer, in their order (the channels of a local
   * layer make a group a patch, so that goodness is judged place by place). 0 to 4096; 0, the default: all units of a layer.
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
  /** Multiplies every input instead of the running standardisation, 1e-30 to 1e30 in size. Set it where all inputs have one known range, as pixels do; best where the result has an RMS of about 1. Default: none, inputs are standardised. */
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
  Required<Omit<TwoPassSettings, 'units' | 'inputScale'>> & {
    inputs: number;
    /** Without one 1 x 1, of `inputs` channels. */
    grid: Readonly<Grid>;
    /** Of local layers those of all patches. */
    units: readonly number[];
    layers: readonly ResolvedLayer[];
    inputScale: number | null;
  }
>;

const KNOWN = [
  'inputs', 'grid', 'units', 'labels', 'labelInput', 'labelStrength', 'hardness', 'readout', 'readoutFrom', 'readoutDrop', 'goodnessFrom', 'group', 'goodness', 'sign', 'loss',
  'theta', 'alpha', 'rate', 'readoutRate', 'margin', 'peers', 'normalise', 'inputScale', 'bits', 'seed',
];

/**
 * Fills in defaults and checks everything.
 * @throws TypeError for a value of the wrong type, RangeError for one outside its range; both name the field.
 */
export function resolveTwoPassConfig(config: TwoPassConfig): ResolvedTwoPassConfig {
  checkConfig(config, KNOWN, '{ inputs: 64, units: [100, 100] }');
  const grid = gridOf(config);
  const inputs = grid.height * grid.width * grid.channels;
  if (inputs > 4096) throw new RangeError(`config.grid: ${grid.height} x ${grid.width} x ${grid.channels} = ${inputs} inputs; expected at most 4096`);
  checkLayers(config.units, 1);
  const layers = resolveLayers(config.units, grid);
  const labels = namesOf('labels', config.labels ?? []);
  const count = labels.length;
  if (count === 1) throw new RangeError('config.labels: 1 label; expected 2 to 256, or none');
  const labelInput = flag('labelInput', config.labelInput ?? false);
  const readout = flag('readout', config.readout ?? (count > 0 && !labelInput));
  if ((labelInput || readout) && count === 0) throw new RangeError(`config.labels: none, but config.${labelInput ? 'labelInput' : 'readout'} needs 2 to 256`);
  if (count > 0 && !labelInput && !readout) throw new RangeError(`config.labels: ${count} labels with neither readout nor labelInput; leave them out`);
  if (labelInput && layers[0]!.field !== 0) throw new RangeError('config.labelInput: the first layer has windows; the label needs a dense one');
  const goodness = choice('goodness', config.goodness ?? 'square', ['square', 'activity']);
  return Object.freeze({
    inputs,
    grid,
    units: Object.freeze(layers.map(({ units }) => units)),
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
    rate: number('rate', config.rate ?? USUAL.rate, 0, MOST_RATE),
    readoutRate: number('readoutRate', config.readoutRate ?? USUAL.readoutRate, 0, MOST_RATE),
    margin: number('margin', config.margin ?? USUAL.margin, 0, 0.5),
    peers: number('peers', config.peers ?? USUAL.peers, 0, 1),
    normalise: flag('normalise', config.normalise ?? true),
    inputScale: inputScaleOf(config.inputScale),
    bits: choice('bits', config.bits ?? USUAL.bits, [8, 16]),
    seed: whole('seed', config.seed ?? USUAL.seed, 0, 0xffffffff),
  });
}

/** The learning rates' limit. */
export const MOST_RATE = 8;

/** Without a grid all values are channels of one cell. */
function gridOf({ grid, inputs }: { grid?: Grid | undefined; inputs?: number | undefined }): Readonly<Grid> {
  if (grid === undefined) {
    if (inputs === undefined) throw new TypeError('config.inputs: missing; give the number of values per sample, or a grid');
    return Object.freeze({ height: 1, width: 1, channels: whole('inputs', inputs, 1, 4096) });
  }
  if (Array.isArray(grid)) throw new TypeError('config.grid: expected { height, width, channels }, got an array; it has these names now');
  const resolved = resolveGrid(grid);
  const { height, width, channels } = resolved;
  if (inputs !== undefined && inputs !== height * width * channels) {
    throw new RangeError(`config.inputs: ${describe(inputs)} is not ${height} x ${width} x ${channels} = ${height * width * channels}; leave it out`);
  }
  return resolved;
}

function resolveLayers(units: TwoPassSettings['units'], grid: Readonly<Grid>): readonly ResolvedLayer[] {
  let { height, width, channels: depth } = grid;
  return Object.freeze(
    units.map((layer, index) => {
      const name = `units[${index}]`;
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

/** The configuration block of the core. */
export function twoPassWordsOf(config: ResolvedTwoPassConfig): Int32Array {
  const { layers, labels, sign, grid, inputScale } = config;
  return encode(
    WORDS,
    { ...config, labels: labels.length, layers: layers.length, clip: USUAL.clip, negativeSign: sign < 0, fixedScale: inputScale !== null, gridHeight: grid.height, gridWidth: grid.width },
    layers.map(({ channels, field, stride }) => ({ units: channels, field, stride })),
  );
}

/** The configuration that a block of words stands for; what `twoPassWordsOf` wrote. Names of labels are not in it: they are numbers. */
export function twoPassFromWords(words: Int32Array): TwoPassConfig {
  const { values, layers } = decode(WORDS, words);
  const { inputs, gridHeight: height, gridWidth: width, negativeSign, fixedScale, inputScale, clip, bits, labels, layers: _, ...plain } = values;
  return {
    ...plain,
    labels: numbered(labels),
    bits: bits as 8 | 16,
    grid: { height, width, channels: inputs / (height * width) },
    units: layers.map(({ units, field, stride }) => (field === 0 ? units : { field, stride, channels: units })),
    sign: negativeSign ? -1 : 1,
    ...(fixedScale ? { inputScale } : {}),
  };
}
