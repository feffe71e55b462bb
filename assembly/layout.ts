// The memory map: configuration words, the arena, and where everything in it lies. FORMAT.md says it in words.
//
//   static data | arena: header | normaliser | labels | layer 0 .. layer L-1 | factors | memory | scratch
//               |        `------- state: what a snapshot keeps --------------------------------'|
//
// The memory is the continual learner's (continual/); the plain learner has none. Factors are of builds with SECOND_ORDER (decorrelate.ts).
//
// Every region starts at a multiple of 16 bytes. Nothing is allocated after `create`.

import { WIDE_FRACTION } from "./fixed";
import { Channel, Factor, Header } from "./records.generated";
import { columnsOf, inputsOf, layGrids, unitsOf, wholeOf, widestWindow } from "./fields/grids";
import {
  MAX_INPUTS, MAX_UNITS, MAX_LAYERS, MAX_LABELS, configInputs, configLabels, configLayers, configBits, configFlags, configAxes, configSamples,
  configUnits, ERROR_INPUTS, ERROR_LABELS, ERROR_LAYERS, ERROR_UNITS, ERROR_BITS, ERROR_WINDOW, ERROR_SECOND_ORDER, padded,
} from "./words";
export * from "./records.generated";
export * from "./words";

/** Inputs, one group of columns, up to which a first layer has 16 bits. */
const FEW_INPUTS: i32 = 8;

/** A recurrent network counts no labels, and all of its layers have the same bits. */
let isRecurrent: bool = false;
export function layRecurrent(): void {
  isRecurrent = true;
}

/**
 * Bits of a weight of layer `index`. Where inputs are few each weight counts, and its rounding to 8 bits costs 0.7 points (moving squares, 2 inputs),
 * 2.7 (chessboard, 2) or 3.5 (40 labels in 3 inputs). With 16 bits in the first layer only, nothing is left of that in any layer. Nine inputs
 * would cost twice the bytes of eight, for 0 to 0.7 points.
 */
export function bitsOf(index: i32): i32 {
  if (isDefined(LOCAL_FIELDS)) return configBits();
  return !isRecurrent && index == 0 && configInputs() <= FEW_INPUTS ? 16 : configBits();
}

/** True if the weights of a layer that is laid out have 16 bits. */
// @ts-ignore: decorator
@inline
export function isWide(layer: Layer): bool {
  return layer.fraction == WIDE_FRACTION;
}

/** Values up to which there is a whitening factor: kernels/factor.ts. */
export const MAX_FACTOR_VALUES: i32 = 512;
/** Whitening factors: of the sample; with SECOND_ORDER_FULL of the units before each later layer, then of the pulls of each layer. */
export function factorCount(): i32 {
  return configSecondOrder() == SECOND_ORDER_FULL ? 2 * configLayers() : configSecondOrder();
}
/** Those of them that are of what layers see. */
export function seeingFactors(): i32 {
  return configSecondOrder() == SECOND_ORDER_FULL ? configLayers() : configSecondOrder();
}
/** Bytes of a whitening factor over `lanes` inputs, a multiple of 8. */
// @ts-ignore: decorator
@inline
export function bandsBytes(lanes: i32): i32 {
  return lanes * (lanes + 8);
}

/** Values of factor `index`: the sample's, those of the units before layer `index`, of a window of it, or of the units of layer `index - layers`. */
export function factorValues(index: i32): i32 {
  const own = index - configLayers();
  if (isDefined(LOCAL_FIELDS)) return own >= 0 ? unitsOf(own) : inputsOf(index, index == 0 ? configInputs() : unitsOf(index - 1));
  return index == 0 ? configInputs() : configUnits(own < 0 ? index - 1 : own);
}

/** Addresses of a layer and the constants of its arithmetic. Derived in `create`, part of scratch. */
@unmanaged
export class Layer {
  /** Inputs n: units of the layer before (or the inputs) plus the skipped inputs. */
  inputs: i32;
  /** Columns of a weight row: both parts of the input padded to 8. */
  stride: i32;
  units: i32;
  /** Units padded to 8. */
  lanes: i32;
  /** [units padded to 4, stride] i16 Q12 or i8 Q6 / Q7 */
  weights: usize;
  /** [lanes] i32 Q(fraction + 8) */
  biases: usize;
  /** [labels, lanes] i16 Q8; unit lanes that do not exist hold -32767 */
  gates: usize;
  /** self-finding rate: i32 log multiplier in 1/256, then low-passed activity agreement (0 when off) */
  logRate: usize;
  /** [lanes] i16 Q13, low-passed r */
  meanPull: usize;
  /** [stride] i16 Q12, low-passed inputs */
  meanInputs: usize;
  /** Fraction bits of a weight. */
  fraction: i32;
  /** Right shift of coefficient x input in an update. */
  updateShift: i32;
  /** Right shift that brings the squared length of the inputs to about 16 bits. */
  lengthShift: i32;
  /** The shift of a change once SIMD has scaled the inputs (kernels/sweep.ts). */
  sweepShift: i32;
  /** 2^32 / units. */
  reciprocal: u64;
}

/** Bytes that the continual learner adds; never written by the plain one, so that its build has no trace of them. */
export let memoryBytes: i32 = 0;
export let memoryScratchBytes: i32 = 0;
export function reserveMemory(state: i32, scratch: i32): void {
  memoryBytes = state;
  memoryScratchBytes = scratch;
}
/** True if the memory keeps samples, which need anchors. */
let memoryIsAnchored: bool = false;
export function reserveAnchors(needed: bool): void {
  memoryIsAnchored = needed;
}

export let arena: usize = 0;
export let stateBytes: usize = 0;
export let arenaBytes: usize = 0;
export let header: Header = changetype<Header>(0);
export let channels: usize = 0;
/** [labels] u16: samples learned of each label, halved together (frequency.ts). */
/** The usual values of each label (familiar.ts): [labels] u8 counts; [labels, lanes] i8 Q4 means and u8 Q5 deviations; [labels] i32 Q10 sums of their logarithms. All 0 where nothing is kept. */
export let usualCounts: usize = 0;
export let usualMeans: usize = 0;
export let usualDeviations: usize = 0;
export let usualSpans: usize = 0;
/** [inputs] i32 and u16: anchor.ts; none with a fixed input scale. */
export let anchorCentres: usize = 0;
export let anchorScales: usize = 0;
export let frequencies: usize = 0;
export let layers: usize = 0;
export let factors: usize = 0;
export let memoryAt: usize = 0;
export let memoryScratchAt: usize = 0;
/** Scratch of local layers: one patch as a layer of its own, then its window (fields/patches.ts). */
export let patchAt: usize = 0;

/** Address of the votes of a memory's nearest samples; 0: there are none. */
export function placeNearestVotes(at: usize): void {
  nearestVotes = at;
}

/** Address of the sample that a memory is to store. */
export function placeFresh(at: usize): void {
  fresh = at;
}

/** Scratch. */
export let rawInput: usize = 0; // [inputs] binary32 bits
export let moving: usize = 0; // [movingRoom] u32, in the place of the raw input, which has been standardised by then: rows that an update moves (SIMD)
export let movingRoom: usize = 0;
export let rawWindow: usize = 0; // [samples, axes] binary32 bits
export let spectrum: usize = 0; // [2 x bands] complex i16
export let standardised: usize = 0; // [inputs padded to 8] i16 Q8
export let activity: usize = 0; // [widest stride] i16 Q8: inputs of every layer after the first
export let dithered: usize = 0; // [widest stride or lanes] SIMD: pairs (input i16 Q8, dither u15); scalar: dither in place, u32
export let preactivation: usize = 0; // [widest lanes] i16 Q8
export let pull: usize = 0; // [widest lanes] i16 Q10: r_j
export let live: usize = 0; // [widest stride / 8] u16: groups of inputs that are not all 0 (SIMD)
export let goodness: usize = 0; // [labels] i32 Q16 of this layer
export let scores: usize = 0; // [labels] i32 Q16 summed over layers
export let errors: usize = 0; // [labels] i16 Q15: e(c)
export let handicaps: usize = 0; // [labels] i16 Q10 octaves behind in the softmax
export let votes: usize = 0; // [labels] i32 Q16: votes.ts
export let nearestVotes: usize = 0; // [labels] i32 Q16, a memory's: continual/neighbours.ts
export let reciprocals: usize = 0; // [128] u16 Q11: familiar.ts
export let digits: usize = 0; // [widest stride] u8, twice: relaxed SIMD (kernels/digits.ts); in the second half of the dither, which comes later, behind `places`
export let places: usize = 0; // [inputs padded to 8] i16: where the sample lies for familiar.ts; in the place of the dither, which comes later
export let fresh: usize = 0; // [inputs] i16, a memory's: the sample in anchored coordinates (Q6) or, with a fixed scale, standardised (Q8)
export let direction: usize = 0; // [inputs padded to 8] i16 Q8: the sample decorrelated
export let whitened: usize = 0; // [values of the widest factor, padded to 8] i16 Q6 to Q4
export let ridged: usize = 0; // the same, i16 Q8: values with the ridge on them
export let gateFactors: usize = 0; // [labels] i16: eta_v alpha e(c) in the scale of a gate update

// @ts-ignore: decorator
@inline
export function layerAt(index: i32): Layer {
  return changetype<Layer>(layers + <usize>index * offsetof<Layer>());
}

/**
 * For a core with a map of its own (two-pass/layout.ts): where generator, standardiser and kernels find their parts. The plain core never calls it, so
 * that its build has no trace of it.
 */
export function shareMap(head: usize, normaliser: usize, raw: usize, rawBytes: i32, inputs: usize, dither: usize, groups: usize): void {
  header = changetype<Header>(head);
  channels = normaliser;
  rawInput = raw;
  moving = raw;
  movingRoom = <usize>rawBytes >> 2;
  standardised = inputs;
  dithered = dither;
  live = groups;
}

/** The same for one that lays its arena itself: what the ABI says of it. */
export function shareArena(start: usize, state: usize, end: usize, sums: usize): void {
  arena = start;
  stateBytes = state - start;
  arenaBytes = end - start;
  scores = sums;
}

/** For the front end of sound (sound/layout.ts), which transforms without a learner. */
export function placeSpectrum(at: usize): void {
  spectrum = at;
}

let cursor: usize = 0;

function take(bytes: i32): usize {
  const at = cursor;
  cursor = (cursor + <usize>bytes + 15) & ~15;
  return at;
}

/** Frequency bands of a window: half of its length rounded up to a power of two. */
export function windowBands(samples: i32): i32 {
  return 1 << (31 - <i32>clz(samples - 1));
}

export function validate(): i32 {
  if (!isDefined(LOCAL_FIELDS)) {
    const axes = configAxes();
    const samples = configSamples();
    if (samples != 0 || axes != 0) {
      if (samples < 8 || samples > 256 || axes < 1 || axes > 64) return ERROR_WINDOW;
      if (configInputs() != axes * (2 + windowBands(samples))) return ERROR_WINDOW;
    }
  }
  if (configInputs() < 1 || configInputs() > MAX_INPUTS) return ERROR_INPUTS;
  if (configLabels() < 2 || configLabels() > MAX_LABELS) return ERROR_LABELS;
  if (configLayers() < 1 || configLayers() > MAX_LAYERS) return ERROR_LAYERS;
  if (!isDefined(LOCAL_FIELDS)) {
    for (let l = 0; l < configLayers(); l++) {
      if (configUnits(l) < 1 || configUnits(l) > MAX_UNITS) return ERROR_UNITS;
    }
  }
  if (configBits() != 8 && configBits() != 16) return ERROR_BITS;
  const error = isDefined(LOCAL_FIELDS) ? layGrids() : 0;
  if (isDefined(SECOND_ORDER) && error == 0 && configSecondOrder() != 0) {
    if (configSecondOrder() > SECOND_ORDER_FULL) return ERROR_SECOND_ORDER;
    for (let k = 0; k < factorCount(); k++) if (factorValues(k) > MAX_FACTOR_VALUES) return ERROR_SECOND_ORDER;
  }
  return error;
}

/** Walks the arena. With `write` false it only measures; with `write` true it also fills in the layer table. */
export function lay(write: bool): void {
  const inputs = configInputs();
  const labels = configLabels();
  const count = configLayers();
  const flags = configFlags();
  const inputLanes = padded(inputs, 8);

  arena = (__heap_base + 15) & ~15;
  cursor = arena;
  header = changetype<Header>(take(<i32>offsetof<Header>()));
  channels = take((flags & FLAG_FIXED_SCALE) != 0 ? 0 : inputs * <i32>offsetof<Channel>());
  frequencies = take(isRecurrent || isDefined(NUMBERS) ? 0 : labels << 1);
  const familiar = (flags & FLAG_FAMILIAR) != 0;
  usualCounts = familiar ? take(labels) : 0;
  usualMeans = familiar ? take(labels * inputLanes) : 0;
  usualDeviations = familiar ? take(labels * inputLanes) : 0;
  usualSpans = familiar ? take(labels << 2) : 0;
  const anchored = (familiar || memoryIsAnchored) && (flags & FLAG_FIXED_SCALE) == 0;
  anchorCentres = anchored ? take(inputs << 2) : 0;
  anchorScales = anchored ? take(inputs << 1) : 0;

  const stateOfLayers = cursor;
  let widestFactor = 0;
  let widestStride = inputLanes;
  let widestLanes = 0;
  for (let pass = 0; pass < 2; pass++) {
    cursor = stateOfLayers;
    let before = 0;
    for (let l = 0; l < count; l++) {
      const units = isDefined(LOCAL_FIELDS) ? unitsOf(l) : configUnits(l);
      const lanes = padded(units, 8);
      const skips = l > 0 && (flags & FLAG_SKIP_INPUT) != 0;
      const stride = l == 0 ? inputLanes : padded(before, 8) + (skips ? inputLanes : 0);
      const columns = isDefined(LOCAL_FIELDS) ? columnsOf(l, stride) : stride;
      const weights = take(padded(units, 4) * columns * (bitsOf(l) >> 3));
      const biases = take(lanes << 2);
      const gates = take((lanes * labels) << 1);
      let logRate: usize = 0;
      let meanPull: usize = 0;
      let meanInputs: usize = 0;
      if ((flags & FLAG_SELF_RATE) != 0) {
        meanPull = take(lanes << 1);
        meanInputs = take((isDefined(LOCAL_FIELDS) ? wholeOf(l, stride) : stride) << 1);
        logRate = take(4);
      }
      if (pass == 1) {
        const layer = layerAt(l);
        layer.inputs = l == 0 ? inputs : before + (skips ? inputs : 0);
        if (isDefined(LOCAL_FIELDS)) layer.inputs = inputsOf(l, layer.inputs);
        layer.stride = columns;
        layer.units = units;
        layer.lanes = lanes;
        layer.weights = weights;
        layer.biases = biases;
        layer.gates = gates;
        layer.logRate = logRate;
        layer.meanPull = meanPull;
        layer.meanInputs = meanInputs;
      }
      widestStride = max(widestStride, stride);
      widestLanes = max(widestLanes, lanes);
      before = units;
    }
    if (isDefined(SECOND_ORDER)) {
      factors = cursor;
      widestFactor = 0;
      for (let k = 0; k < factorCount(); k++) {
        const lanes = padded(factorValues(k), 8);
        take(<i32>offsetof<Factor>() + bandsBytes(lanes));
        widestFactor = max(widestFactor, lanes);
      }
    }
    memoryAt = take(memoryBytes);
    stateBytes = cursor - arena;
    layers = take(count * <i32>offsetof<Layer>());
    if (!write) break;
  }

  rawInput = take(inputs << 2);
  moving = rawInput;
  movingRoom = (cursor - moving) >> 2;
  if (!isDefined(LOCAL_FIELDS)) {
    rawWindow = take((configAxes() * configSamples()) << 2);
    spectrum = take(configSamples() != 0 ? windowBands(configSamples()) << 3 : 0);
  }
  standardised = take(inputLanes << 1);
  activity = take(count > 1 ? widestStride << 1 : 0);
  dithered = take(max(widestStride, widestLanes) << 2);
  preactivation = take(widestLanes << 1);
  pull = take(widestLanes << 1);
  live = take(widestStride >> 2);
  goodness = take(labels << 2);
  scores = take(labels << 2);
  errors = take(labels << 1);
  gateFactors = take(labels << 1);
  handicaps = take(isRecurrent || isDefined(NUMBERS) ? 0 : labels << 1);
  votes = take(familiar ? labels << 2 : 0);
  reciprocals = take(familiar ? 256 : 0);
  places = dithered;
  if (ASC_FEATURE_RELAXED_SIMD) digits = dithered + (<usize>max(widestStride, widestLanes) << 1);
  if (isDefined(SECOND_ORDER)) {
    direction = take(widestFactor != 0 ? inputLanes << 1 : 0);
    whitened = take(widestFactor << 2);
    ridged = whitened + (<usize>widestFactor << 1);
  }
  memoryScratchAt = take(memoryScratchBytes);
  if (isDefined(LOCAL_FIELDS)) patchAt = take(<i32>offsetof<Layer>() + ((padded(widestWindow(), 8) + 8) << 1));
  arenaBytes = cursor - arena;
}
