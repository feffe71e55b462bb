// The memory map of the two-pass core: configuration words, the arena, and where everything in it lies. FORMAT.md says it in words.
//
//   static data | arena: header | normaliser | layer 0 .. layer L-1 | readout | scratch
//               |        `------- state: what a snapshot keeps ---------------'|
//
// A layer is a grid of patches, each with weights of its own over its window of the input grid; a dense layer is one patch whose window is
// the whole input. Kernels, generator and standardiser are the plain core's: they see a patch as a layer.

import { CONFIG as SHARED_CONFIG, Channel, FLAG_FIXED_SCALE, Layer, MAX_INPUTS, MAX_LABELS, MAX_LAYERS, MAX_UNITS, padded, shareArena, shareMap } from "../layout";
import {
  CONFIG, ERROR_BITS, ERROR_FIELD, ERROR_FROM, ERROR_GRID, ERROR_GROUP, ERROR_INPUTS, ERROR_LABELS, ERROR_LAYERS, ERROR_UNITS, FLAG_LABEL_INPUT, FLAG_READOUT, configBits,
  configField, configFlags, configGoodnessFrom, configGridHeight, configGridWidth, configGroup, configInputs, configLabels, configLayers, configPeers, configReadoutFrom,
  configStride, configUnits,
} from "./words.generated";
export * from "./words.generated";

/** The first words are the plain core's, which its kernels read where they always do. */
const SHARED: i32 = 11;

/** First region of the arena, 48 bytes; begins like the plain core's, whose generator and standardiser read it. */
@unmanaged
export class TwoPassHeader {
  /** Positive samples (or pairs) learned. */
  seen: u64;
  /** Layer updates done: at most two a layer and pair. */
  updates: u64;
  /** State of the random generator. */
  random: u32;
  /** Learning rate eta of the layers, Q16; `setRate` changes it. */
  rate: i32;
  /** Learning rate of the readout, Q16; `setRate` changes it. */
  readoutRate: i32;
  reserved1: u32;
  /** Samples that the readout learned. */
  readouts: u64;
  reserved2: u64;
}

/** A grid of patches; the fields of `Layer` are those of the patch at hand (`atPatch`). Derived in `create`, part of scratch. */
@unmanaged
export class PatchedLayer extends Layer {
  /** Weights and biases of patch 0, and the bytes from one patch's to the next's. */
  firstWeights: usize;
  firstBiases: usize;
  weightBytes: usize;
  biasBytes: usize;
  /** [all lanes] i32 Q12, running mean activity; 0 without peer normalisation */
  means: usize;
  patches: i32;
  /** Patches in a row of the grid. */
  across: i32;
  /** Side of a window; 0: dense. */
  field: i32;
  /** Bytes between rows of the input grid, between windows side by side, and between rows of windows. */
  gridRow: usize;
  stepAcross: usize;
  stepDown: usize;
  /** i16 values in a window's row. */
  windowRow: i32;
  /** Units of all patches, and padded to 8. */
  allUnits: i32;
  allLanes: i32;
  /** Units that share a goodness, lanes of them, how many such groups there are, and 2^32 / units of one. */
  group: i32;
  groupLanes: i32;
  groups: i32;
  groupReciprocal: u64;
  /** Offset of this layer's activities among the readout's inputs, bytes; -1: the readout does not see them. */
  featuresAt: i32;
}

export let header: TwoPassHeader = changetype<TwoPassHeader>(0);
export let layers: usize = 0;
export let readout: Layer = changetype<Layer>(0);

/** Scratch. */
export let rawNegative: usize = 0; // [inputs] binary32 bits
export let positiveInput: usize = 0; // [widest stride] i16 Q8: what the layer at hand sees
export let negativeInput: usize = 0;
export let positive: usize = 0; // [widest lanes] i16 Q8: activities
export let negative: usize = 0;
export let free: usize = 0; // [lanes of layer 0] i16 Q8: pre-activations without a label (label input only)
export let pull: usize = 0; // [widest lanes] i16 Q10
export let windowed: usize = 0; // [widest window] i16 Q8 (local layers only)
export let patchVector: usize = 0; // [widest patch lanes] i16: activities, then pull, of a patch (local layers only)
export let features: usize = 0; // [readout's stride] i16 Q8
export let logits: usize = 0; // [labels padded to 8] i16 Q8
export let errors: usize = 0; // [labels padded to 8] i16 Q13
export let goodness: usize = 0; // [2, layers] i32 Q16: of the last positive (or only) sample, of the last negative one
export let positiveErrors: usize = 0; // [most groups of a layer] i32 Q15: how wrong each was about the positive (or only) sample; 0: not enough to learn
export let negativeErrors: usize = 0;

// @ts-ignore: decorator
@inline
export function layerAt(index: i32): PatchedLayer {
  return changetype<PatchedLayer>(layers + <usize>index * offsetof<PatchedLayer>());
}

// @ts-ignore: decorator
@inline
export function has(flag: i32): bool {
  return (configFlags() & flag) != 0;
}

let cursor: usize = 0;

function take(bytes: i32): usize {
  const at = cursor;
  cursor = (cursor + <usize>bytes + 15) & ~15;
  return at;
}

/** Shape of the grid that a layer sees, and then of what it makes. */
let height: i32 = 0;
let width: i32 = 0;
let depth: i32 = 0;

function startGrid(): void {
  height = configGridHeight();
  width = configGridWidth();
  depth = configInputs() / (height * width);
}

/** Windows of `field`, `stride` apart, that fit into `side`. */
// @ts-ignore: decorator
@inline
function windows(side: i32, field: i32, stride: i32): i32 {
  return (side - field) / stride + 1;
}

function nextGrid(layer: i32): void {
  const field = configField(layer);
  height = field == 0 ? 1 : windows(height, field, configStride(layer));
  width = field == 0 ? 1 : windows(width, field, configStride(layer));
  depth = configUnits(layer);
}

export function validate(): i32 {
  const inputs = configInputs();
  if (inputs < 1 || inputs > MAX_INPUTS) return ERROR_INPUTS;
  const labelled = has(FLAG_LABEL_INPUT | FLAG_READOUT);
  if (labelled ? configLabels() < 2 || configLabels() > MAX_LABELS : configLabels() != 0) return ERROR_LABELS;
  const count = configLayers();
  if (count < 1 || count > MAX_LAYERS) return ERROR_LAYERS;
  if (configBits() != 8 && configBits() != 16) return ERROR_BITS;
  if (configGridHeight() < 1 || configGridHeight() > inputs || configGridWidth() < 1 || configGridWidth() > inputs) return ERROR_GRID;
  if (inputs % (configGridHeight() * configGridWidth()) != 0) return ERROR_GRID;
  if (has(FLAG_LABEL_INPUT) && configField(0) != 0) return ERROR_FIELD;
  startGrid();
  for (let l = 0; l < count; l++) {
    const field = configField(l);
    const units = configUnits(l);
    if (units < 1 || units > MAX_UNITS) return ERROR_UNITS;
    if (field != 0 && (field < 1 || field > min(height, width) || configStride(l) < 1)) return ERROR_FIELD;
    nextGrid(l);
    if (height * width * units > MAX_UNITS) return ERROR_UNITS;
    // a multiple of 8, so that a group begins where a vector does
    if (configGroup() != 0 && (configGroup() < 0 || (configGroup() & 7) != 0 || (height * width * units) % configGroup() != 0)) return ERROR_GROUP;
  }
  if (<u32>configReadoutFrom() >= <u32>count || <u32>configGoodnessFrom() >= <u32>count) return ERROR_FROM;
  return 0;
}

/** Walks the arena. With `write` false it only measures; with `write` true it also fills in the layer table. */
export function lay(write: bool): void {
  const inputs = configInputs();
  const count = configLayers();
  const labels = configLabels();
  const wide = configBits() >> 3;

  const start = (__heap_base + 15) & ~15;
  cursor = start;
  let endOfState = start;
  header = changetype<TwoPassHeader>(take(<i32>offsetof<TwoPassHeader>()));
  const channels = take(has(FLAG_FIXED_SCALE) ? 0 : inputs * <i32>offsetof<Channel>());

  const stateOfLayers = cursor;
  let widestInput = 0;
  let widestLanes = 0;
  let mostGroups = 0;
  let widestWindow = 0;
  let widestPatch = 0;
  let featureLanes = 0;
  for (let pass = 0; pass < 2; pass++) {
    cursor = stateOfLayers;
    startGrid();
    featureLanes = 0;
    let featureUnits = 0;
    for (let l = 0; l < count; l++) {
      const field = configField(l);
      const side = configStride(l);
      const units = configUnits(l);
      const seen = height * width * depth;
      const labelColumns = l == 0 && has(FLAG_LABEL_INPUT) ? labels : 0;
      const window = field == 0 ? seen : field * field * depth;
      const stride = padded(window, 8) + padded(labelColumns, 8);
      const gridRow = width * depth;
      const windowRow = field * depth;
      const depthBefore = depth;
      nextGrid(l);
      const patches = height * width;
      const allUnits = patches * units;
      const weightBytes = padded(units, 4) * stride * wide;
      const biasBytes = padded(units, 8) << 2;
      const weights = take(patches * weightBytes);
      const biases = take(patches * biasBytes);
      const means: usize = configPeers() == 0 ? 0 : take(padded(allUnits, 8) << 2);
      if (pass == 1) {
        const layer = layerAt(l);
        layer.inputs = window + labelColumns;
        layer.stride = stride;
        layer.units = units;
        layer.lanes = padded(units, 8);
        layer.firstWeights = weights;
        layer.firstBiases = biases;
        layer.weightBytes = <usize>weightBytes;
        layer.biasBytes = <usize>biasBytes;
        layer.means = means;
        layer.patches = patches;
        layer.across = width;
        layer.field = field;
        layer.gridRow = <usize>gridRow << 1;
        layer.stepAcross = <usize>(side * depthBefore) << 1;
        layer.stepDown = <usize>(side * gridRow) << 1;
        layer.windowRow = windowRow;
        layer.allUnits = allUnits;
        layer.allLanes = padded(allUnits, 8);
        layer.group = configGroup() == 0 ? allUnits : configGroup();
        layer.groupLanes = padded(layer.group, 8);
        layer.groups = allUnits / layer.group;
        layer.featuresAt = -1;
        if (has(FLAG_READOUT) && l >= configReadoutFrom()) layer.featuresAt = featureLanes << 1;
      }
      if (has(FLAG_READOUT) && l >= configReadoutFrom()) {
        featureLanes += padded(allUnits, 8);
        featureUnits += allUnits;
      }
      widestInput = max(widestInput, field == 0 ? stride : padded(seen, 8));
      widestLanes = max(widestLanes, padded(allUnits, 8));
      mostGroups = max(mostGroups, configGroup() == 0 ? 1 : allUnits / configGroup());
      if (field != 0) {
        widestWindow = max(widestWindow, stride);
        widestPatch = max(widestPatch, padded(units, 8));
      }
    }
    const readoutWeights = take((padded(labels, 4) * featureLanes) << 1);
    const readoutBiases = take(featureLanes == 0 ? 0 : padded(labels, 8) << 2);
    endOfState = cursor;
    layers = take(count * <i32>offsetof<PatchedLayer>());
    readout = changetype<Layer>(take(featureLanes == 0 ? 0 : <i32>offsetof<Layer>()));
    if (!write) break;
    if (pass == 1 && featureLanes != 0) {
      readout.inputs = featureUnits;
      readout.stride = featureLanes;
      readout.units = labels;
      readout.lanes = padded(labels, 8);
      readout.weights = readoutWeights;
      readout.biases = readoutBiases;
    }
  }

  const rawInput = take(inputs << 2);
  const rawBytes = <i32>(cursor - rawInput);
  rawNegative = take(inputs << 2);
  const standardised = take(padded(inputs, 8) << 1);
  const dithered = take(max(max(widestInput, widestWindow), featureLanes) << 2);
  const live = take(max(max(widestInput, widestWindow), featureLanes) >> 2);
  positiveInput = take(widestInput << 1);
  negativeInput = take(widestInput << 1);
  positive = take(widestLanes << 1);
  negative = take(widestLanes << 1);
  pull = take(widestLanes << 1);
  free = take(has(FLAG_LABEL_INPUT) ? padded(configUnits(0), 8) << 1 : 0);
  windowed = take(widestWindow << 1);
  patchVector = take(widestPatch << 1);
  features = take(featureLanes << 1);
  logits = take(padded(labels, 8) << 1);
  errors = take(padded(labels, 8) << 1);
  const scores = take(labels << 2);
  goodness = take(count << 3);
  positiveErrors = take(mostGroups << 2);
  negativeErrors = take(mostGroups << 2);
  shareArena(start, endOfState, cursor, scores);
  shareMap(changetype<usize>(header), channels, rawInput, rawBytes, standardised, dithered, live);
  for (let i = 0; i < SHARED; i++) store<i32>(SHARED_CONFIG + (<usize>i << 2), load<i32>(CONFIG + (<usize>i << 2)));
}
