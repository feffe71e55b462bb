import { bitsOf, factorsOf, isContinual, isLocal, windowFeatures, type Drift, type ResolvedConfig } from '../config.js';
import { BIAS, GATE, NO_GATE, channels, columns, factor, scratch, vector, weights } from './parts.js';
import { HEADER, LABEL_MEMORY, MEMORY } from './records.generated.js';
import { faultOf, offsetsOf, place, record, sizeOf, to, to8, type Arena, type Placed, type Region } from './regions.js';

/** The arena starts here, behind the core's static data, which with local fields holds their geometry, too. A test compares with the core. */
const TABLES = 384;
const LOCAL_TABLES = 576;
const LAYER_BYTES = 64;

export const HEADER_AT = offsetsOf(record(HEADER));
const PLACED = 512;
/** log2 of the widest usual deviation, Q10 (assembly/familiar.ts). */
const WIDEST_SPAN = 7215;
const UNTOLD = { 'last label': [0, 0], row: [0, 0] } as const;

export const MEMORY_AT = offsetsOf(record(MEMORY));
export const MEMORY_BYTES = sizeOf(record(MEMORY));

export const LABEL_AT = offsetsOf(record(LABEL_MEMORY));
export const LABEL_BYTES = sizeOf(record(LABEL_MEMORY));

/** Fields of each drift detector; those of the others are as they began. */
const KEPT: Record<Drift, string> = { none: '', 'two-rates': 'fast slow watched', 'page-hinkley': 'slow sum watched', adwin: 'recent watched', ddm: 'slow least watched', input: 'fast slow sum watched' };
const LEAST_AT_FIRST = 2 ** 20;
/** Codes of exemplars reach so far to both sides, by their bits, and those of prototypes; with a fixed scale as far as what is stored, which is below 8.0 in Q8. */
const REACH: Record<number, number> = { 8: 1664, 4: 304, 2: 191 };
const REACH_OF_PROTOTYPES = 1280;
const MOST_STORED = 2047;

const arenas = new WeakMap<ResolvedConfig, Arena>();

/** A learner's arena: assembly/layout.ts and assembly/continual/memory.ts. */
export function arenaOf(config: ResolvedConfig): Arena {
  const arena = arenas.get(config) ?? laidOut(config);
  arenas.set(config, arena);
  return arena;
}

function laidOut(config: ResolvedConfig): Arena {
  const { inputs, units, patches, labels, labelCapacity: capacity, skipInput, selfRate, familiar, exemplars, prototypes, window } = config;
  const inUse = labels.length;
  const remembers = exemplars + prototypes > 0;
  const anchored = (familiar || remembers) && config.inputScale === null ? inputs : 0;
  const sharpest = Math.floor((Math.round(config.alpha * 256) * 256) / units.length);
  // layers have to earn 13/16 of it beside votes (assembly/certainty.ts)
  const usualVotes = familiar && prototypes === 0;
  const votes = usualVotes || exemplars > 0;
  const start = votes ? (sharpest * 3) >> 4 : sharpest;
  const parts = units.map((_, l) => [l === 0 ? inputs : units[l - 1]!, ...(l > 0 && skipInput ? [inputs] : [])]);
  const strideOf = (l: number): number => parts[l]!.reduce((sum, count) => sum + to8(count), 0);
  const windowOf = (l: number): number[] => (patches[l] ? [patches[l].inputs] : parts[l]!);
  /** All inputs of a layer, of a local one the whole grid. */
  const wholeOf = (l: number): number[] => (patches[l] ? [patches[l].grid.height * patches[l].grid.width * patches[l].grid.channels] : parts[l]!);
  const factors = factorsOf(config);
  const widestStride = Math.max(to8(inputs), ...units.map((_, l) => strideOf(l)));
  const widestLanes = to8(Math.max(...units));
  const row = codesOf(config);
  const vectors = to(64 / config.exemplarBits)(inputs) * 2;

  const regions: Region[] = [
    {
      kind: 'header',
      columns: columns(record(HEADER, { 'labels in use': [inUse, inUse], sharpness: [Math.max(1, Math.floor(start / 4)), sharpest * 4], ...(usualVotes ? {} : { 'weight of votes': [0, 0] }), ...(votes ? {} : UNTOLD), placed: [0, familiar ? PLACED : 0] })),
      check: marksFault,
    },
    ...channels(config),
    { kind: 'labels', name: 'label #', rows: inUse, ofRows: capacity, columns: columns(record(`count u16 0 ${remembers ? 0 : 16383}`)) },
    ...(familiar ? usuals(inputs, inUse, capacity) : []),
    ...(anchored > 0 ? ['centre i32', 'scale u16'].map((field): Region => ({ kind: 'anchors', name: 'anchor', columns: columns(record(field), anchored) })) : []),
    ...units.flatMap((count, layer): Region[] => {
      const name = `layer ${layer}`;
      return [
        weights('weights', name, bitsOf(config, layer), count, windowOf(layer), { layer, sharedRows: count }),
        vector('biases', name, BIAS, count, { layer, sharedRows: 1 }),
        vector('gates', name, GATE, count, { rows: capacity, fill: NO_GATE, layer, sharedRows: inUse }),
        ...(!selfRate ? [] : [
          vector('rate', name, 'mean pull i16', count),
          { kind: 'rate', name, columns: wholeOf(layer).flatMap((values) => columns(record('mean input i16'), values, to8(values))) },
          { kind: 'rate', name, columns: columns(record('log rate i32 -235 235')) },
        ]),
      ];
    }),
    ...factors.flatMap(factor),
    ...(!isContinual(config) ? [] : memory(config, row)),
    scratch(
      units.length * LAYER_BYTES, inputs * 4, window === null ? 0 : window.axes * window.samples * 4, window === null ? 0 : (windowFeatures(window) / window.axes - 2) * 8, to8(inputs) * 2,
      units.length > 1 ? widestStride * 2 : 0, Math.max(widestStride, widestLanes) * 4, widestLanes * 2, widestLanes * 2, widestStride / 4, capacity * 4, capacity * 4, capacity * 2, capacity * 2,
      capacity * 2, ...(familiar ? [capacity * 4, 256] : []), ...(factors.length > 0 ? [to8(inputs) * 2, to8(Math.max(...factors)) * 4] : []), ...(remembers ? Array.from({ length: prototypes > 0 ? 5 : 3 }, () => vectors) : []), ...(exemplars > 0 ? [capacity * 4, (vectors * config.exemplarBits) / 16] : []),
      // one patch as a layer, and its window
      isLocal(config) ? LAYER_BYTES + (to8(Math.max(...patches.map((layer) => layer.inputs))) + 8) * 2 : 0,
    ),
  ];
  const placed = place(regions);
  return { tables: isLocal(config) ? LOCAL_TABLES : TABLES, regions: placed, check: (view) => (exemplars > 0 ? storeFault(placed, view, config) : undefined) };
}

/** Says what is wrong with a learner's state; undefined if nothing is. */
export const stateFault = (config: ResolvedConfig, state: Uint8Array): string | undefined => faultOf(arenaOf(config), state);

/** Usual values of each label. */
function usuals(inputs: number, inUse: number, capacity: number): Region[] {
  const of = (field: string, count = 1, across = count): Region => ({ kind: 'labels', name: 'label #', rows: inUse, ofRows: capacity, columns: columns(record(field), count, across) });
  return [
    of('a usual count u8 0 32'),
    of('a usual mean i8 -127 127', inputs, to8(inputs)),
    of('a usual deviation u8 0 127', inputs, to8(inputs)),
    of(`a usual span i32 0 ${inputs * WIDEST_SPAN}`),
  ];
}

/** Regions beside the layers: detector, labels, anchors, exemplars or prototypes. */
function memory({ inputs, labels, labelCapacity: capacity, exemplars, prototypes, drift, keep, inputScale, exemplarBits: bits }: ResolvedConfig, codes: CodeRow): Region[] {
  const remembers = exemplars + prototypes > 0;
  const reach = inputScale !== null ? 0 : prototypes > 0 ? REACH_OF_PROTOTYPES : REACH[bits]!;
  const limits: Record<string, readonly [number, number]> = { stored: [0, exemplars] };
  const still = (names: string, value = 0): void => names.split(',').forEach((name) => (limits[name] = [value, value])); // of labels, too: no name is in both
  for (const name of ['fast', 'slow', 'sum', 'watched', 'recent']) if (!KEPT[drift].includes(name)) still(name);
  if (drift !== 'ddm') still('least,least deviation', LEAST_AT_FIRST);
  if (drift === 'none') still('alarms,last alarm');
  if (exemplars === 0) still('turn,weight of the nearest');
  if (!remembers || keep === 'spread') (still('share', 65535), still('harm'));
  if (!remembers) still('age,doubt,contradicted,judged,input print,offered');
  if (!remembers || reach > 0) (still('lowest code', -reach), still('step', Math.floor((2 * reach) / (2 ** bits - 1))));
  if (exemplars === 0) still('kept,newest,newest2');
  const rows = (kind: string, name: string, count: number): Region => ({ kind, name, rows: count, columns: columns(record('code u8'), codes.bytes), ...(codes.check ? { check: codes.check } : {}) });
  return [
    {
      kind: 'memory', name: 'memory',
      columns: columns(record(MEMORY, limits)),
      check: (view, at) => (view.getUint16(at + MEMORY_AT.contradicted!, true) > view.getUint16(at + MEMORY_AT.judged!, true) ? 'more contradicted than judged' : undefined),
    },
    { kind: 'memory', name: 'label #', rows: labels.length, ofRows: capacity, columns: columns(record(LABEL_MEMORY, limits)) },
    { kind: 'exemplars', name: 'exemplar', columns: columns(record('label u8'), exemplars) },
    rows('exemplars', 'exemplar #', exemplars),
    { kind: 'prototypes', name: 'label #', rows: labels.length, ofRows: capacity, columns: columns(record('prototype count u16 0 4095'), prototypes) },
    rows('prototypes', 'prototype #', capacity * prototypes),
    rows('prototypes', 'prototype #', capacity * prototypes),
  ];
}

interface CodeRow {
  bytes: number;
  check?: Region['check'];
}

/** A row of codes: its bytes, and that the bits of inputs that there are not are 0. Groups of 8 bytes: value v of one in byte v mod 8, from bit b x floor(v / 8) on. */
function codesOf({ inputs, exemplarBits: bits }: ResolvedConfig): CodeRow {
  const group = 64 / bits;
  const bytes = (to(group)(inputs) * bits) / 8;
  const strays: [at: number, mask: number][] = [];
  for (let at = 0; at < bytes; at++) {
    let mask = 0;
    for (let plane = 0; plane < 8 / bits; plane++) if (Math.floor(at / 8) * group + plane * 8 + (at % 8) >= inputs) mask |= ((1 << bits) - 1) << (plane * bits);
    if (mask !== 0) strays.push([at, mask]);
  }
  if (strays.length === 0) return { bytes };
  return { bytes, check: (view, start) => (strays.some(([at, mask]) => (view.getUint8(start + at) & mask) !== 0) ? 'a code of an input that there is not' : undefined) };
}

function marksFault(view: DataView, at: number): string | undefined {
  const marks = [36, 38, 40].map((mark) => view.getInt16(at + mark, true));
  const placed = view.getUint16(at + 42, true);
  return marks.some((mark, k) => (placed === 0 ? mark !== 0 : mark < (marks[k - 1] ?? 0))) ? `marks ${marks}` : undefined;
}

/** The core follows labels of exemplars by their numbers, counts on as many as each label says that it has, and on codes that stand for what can be stored. */
function storeFault(regions: readonly Placed[], view: DataView, { exemplars, exemplarBits: bits, labels: { length: inUse } }: ResolvedConfig): string | undefined {
  const [own, ofLabels] = regions.filter(({ kind }) => kind === 'memory');
  const [labels, rows] = regions.filter(({ kind }) => kind === 'exemplars');
  const stored = view.getInt32(own!.at + MEMORY_AT.stored!, true);
  const kept = new Uint32Array(inUse);
  for (let k = 0; k < exemplars && k < stored; k++) {
    const label = view.getUint8(labels!.at + k);
    if (label >= inUse) return `exemplar ${k} with label ${label}`;
    kept[label]!++;
  }
  for (let c = 0; c < inUse; c++) {
    const claimed = view.getUint16(ofLabels!.at + c * LABEL_BYTES + LABEL_AT.kept!, true);
    if (claimed !== kept[c]) return `label ${c} with ${claimed} exemplars, ${kept[c]} stored`;
  }
  // half a step is rounded up; sums of what lies farther would not fit the lanes of SIMD
  const step = view.getInt16(own!.at + MEMORY_AT.step!, true);
  const most = MOST_STORED + step - view.getInt16(own!.at + MEMORY_AT['lowest code']!, true);
  for (let k = 0; k < rows!.bytes; k++) for (let code = view.getUint8(rows!.at + k); code > 0; code >>= bits) if ((code & (2 ** bits - 1)) * step > most) return `code ${code} of step ${step}`;
  return undefined;
}

/** Kinds of a learner's regions, in the order of `stats().bytes`. */
export const KINDS = ['weights', 'gates', 'biases', 'normaliser', 'labels', 'rate', 'factor', 'header', 'scratch', 'exemplars', 'prototypes', 'anchors', 'memory'] as const;
