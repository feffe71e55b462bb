// The one description of configuration words, error codes, snapshots and records of fixed length. From it `npm run build` writes what the host, the cores, the
// firmware and FORMAT.md say about them (scripts/build-formats.ts); a test fails where they differ. What is here is the format: a change is another
// version of it. Regions whose size depends on a configuration are described in host/arena/, with shape and range.

/** How a word, or some of its bits, stand for a value: a whole number with or without a sign, binary32 bits, yes or no, one of several, or a Q number of fraction bits. */
export type Form = 'whole' | 'unsigned' | 'binary32' | 'flag' | readonly string[] | { readonly q: number };

export interface Field {
  /** In the cores and in C. */
  readonly name: string;
  /** The host's option, where that has another name; and its values, 0 first, where it is no yes or no. */
  readonly option?: string;
  readonly choices?: readonly string[];
  readonly word: number;
  /** Bits of the word, the lowest first; all without. */
  readonly bits?: readonly [from: number, count: number];
  readonly form: Form;
  /** In FORMAT.md, and above what the cores read it by. */
  readonly says: string;
  readonly values: string;
  /** It steers learning and says nothing about the shape of the state: learners that differ in it can take each other's state. */
  readonly isSetting?: true;
  /** Its default. */
  readonly usual?: number;
  /** Two fields in the same bits are never both there: the one or the other, by what a sample is. */
  readonly of?: 'window' | 'grid';
}

export interface Block {
  readonly title: string;
  /** i32 each. */
  readonly words: number;
  /** The word whose bits are the flags. */
  readonly flags?: number;
  readonly fields: readonly Field[];
  /** Each of eight layers has these, so many words after the one before. */
  readonly layers?: { readonly apart: number; readonly fields: readonly Field[] };
  /** Errors of `plan`, -1 first: a name, and a sentence. */
  readonly errors: readonly (readonly [name: string, sentence: string, where?: string])[];
  readonly snapshot: { readonly magic: string; readonly version: number; readonly arithmetic: number };
}

const whole = (name: string, word: number, says: string, values: string, rest: Partial<Field> = {}): Field => ({ name, word, form: 'whole', says, values, ...rest });
const flag = (name: string, word: number, bit: number, says: string, rest: Partial<Field> = {}): Field => ({ name, word, bits: [bit, 1], form: 'flag', says, values: '', ...rest });
const q = (name: string, word: number, fraction: number, says: string, values: string, rest: Partial<Field> = {}): Field => ({ name, word, form: { q: fraction }, says, values, ...rest });
const bytes = (from: number, count = 1): Partial<Field> => ({ bits: [8 * from, 8 * count] });
const setting = { isSetting: true } as const;
const usual = (value: number): Partial<Field> => ({ usual: value });
/** Inputs saturate here. */
const WIDEST = 2047 / 256;
const seed = (word: number): Field => ({ name: 'seed', word, form: 'unsigned', says: 'seed', values: 'any 32 bits', isSetting: true, usual: 1 });
const scale = (word: number): Field => ({ name: 'scale', word, form: 'binary32', says: 'fixed scale in place of the running standardisation', values: 'normal; 0 without its flag', option: 'inputScale' });
const bits = (values = '8 or 16', usual = 16): Field => whole('bits', 3, 'bits of a weight', values, { usual });
const inputs = (values: string): Field => whole('inputs', 0, 'inputs', values);

export const learner: Block = {
  title: 'a learner',
  words: 24,
  flags: 4,
  fields: [
    inputs('1 to 4096; with a window exactly axes x (2 + bands)'),
    whole('labels', 1, 'labels that there is room for', '2 to 256', { option: 'labelCapacity' }),
    whole('layers', 2, 'layers', '1 to 8', { usual: 2 }),
    bits('8 or 16. A dense first layer of at most 8 inputs has 16 in any case', 8),
    flag('skipInput', 4, 0, 'layers after the first also see the sample'),
    flag('selfRate', 4, 1, 'self-finding rate'),
    flag('fixedScale', 4, 2, 'fixed scale'),
    flag('keepSpread', 4, 3, 'a full store keeps a fair sample of all that came, not of the newest; with exemplars only', { option: 'keep', choices: ['recent', 'spread'] }),
    flag('familiar', 4, 4, 'usual values of each label are kept'),
    { name: 'secondOrder', word: 4, bits: [5, 2], form: ['off', 'input', 'full'], says: 'weights that move along the decorrelated direction: none, those that see the sample, all', values: 'in the continual cores only, without prototypes' },
    seed(5),
    q('rate', 6, 16, 'learning rate eta', '1 to 65536', { ...setting, usual: 0.05 }),
    q('alpha', 7, 8, 'sharpness alpha of the softmax over goodness', '64 to 16384', { ...setting, usual: 10 }),
    q('margin', 8, 15, 'a layer whose error 1 - p(label) is below this is not updated', '0 to 16384', { ...setting, usual: 0.05 }),
    // +-3 loses 1.3 points on vibration and gains nothing elsewhere
    q('clip', 9, 8, 'standardised inputs are clipped to +- this', 'at most 2047 counts', { ...setting, usual: 5 }),
    scale(10),
    whole('axes', 11, 'axes of a window; 0 without one', '1 to 64', { of: 'window' }),
    whole('gridHeight', 11, 'height of the grid that a sample is, with local fields; its channels are inputs / (height x width)', '1 to 4096', { ...bytes(0, 2), of: 'grid' }),
    whole('gridWidth', 11, 'its width', '1 to 4096', { ...bytes(2, 2), of: 'grid' }),
    whole('samples', 12, 'samples of a window; 0 without one: word 11 is then a grid, or 0', '8 to 256'),
    // docs/how-it-learns.md
    whole('gateDivisor', 13, 'gates learn so much slower than weights: eta_v = eta / this', '20; at least 4', { ...setting, usual: 20 }),
    whole('exemplars', 14, 'exemplars kept', '0 to 65535; 0 for the plain core'),
    whole('exemplarBits', 15, 'bits of a stored value', '8, 4 or 2 (8 with prototypes); 0 for the plain core', bytes(0)),
    whole('prototypes', 15, 'prototypes a label', '0 to 64, and 0 with exemplars', bytes(1)),
    whole('replays', 15, 'replays a sample', '0 to 64', bytes(2)),
    { name: 'drift', word: 15, ...bytes(3), form: ['none', 'two-rates', 'page-hinkley', 'adwin', 'ddm', 'input'], says: 'drift detector', values: '' },
  ],
  layers: {
    apart: 1,
    fields: [
      whole('units', 16, 'units of a dense layer, 0 behind the last one; of a local one those of a patch, a multiple of 8', '1 to 4096, of all patches together too', bytes(0, 2)),
      whole('stride', 16, 'cells from window to window; 0 for a dense layer', '1 to 127', bytes(2)),
      whole('field', 16, 'side of a local layer\'s windows; 0: dense', '1 to 127, no larger than the grid before it', bytes(3)),
    ],
  },
  errors: [
    ['inputs', 'inputs must be 1 to 4096'],
    ['labels', 'labels must be 2 to 256'],
    ['layers', 'layers must be 1 to 8'],
    ['units', 'units of each layer must be 1 to 4096'],
    ['bits', 'bits must be 8 or 16'],
    ['window', 'window must be 8 to 256 samples of 1 to 64 axes', 'and the inputs its features'],
    ['memory', 'exemplars, their bits, prototypes, replays or drift out of range', 'with a memory'],
    ['grid', 'height x width of the grid must divide inputs', 'with local fields'],
    ['field', 'field must fit its grid, stride be 1 or more, channels a multiple of 8', 'with local fields; and no dense layer come before'],
    ['secondOrder', 'secondOrder takes at most 512 inputs of a layer and no prototypes', 'in the continual cores; of a local layer those of its window; with full, at most 512 units of a layer'],
  ],
  snapshot: { magic: 'ONWD', version: 2, arithmetic: 2 },
};

/** A recurrent network is the learner's layers, which read the learner's words: those it shares mean the same in both. */
const shared = ['seed', 'alpha', 'margin', 'clip', 'gateDivisor'];
const unlike: Record<string, number> = { margin: 0.02, clip: WIDEST };

export const recurrent: Block = {
  title: 'a recurrent network',
  words: 24,
  flags: 4,
  fields: [
    inputs('1 to 4096'),
    whole('labels', 1, 'labels', '2 to 256'),
    whole('layers', 2, 'layers', '2 to 8'),
    bits(),
    flag('fixedScale', 4, 2, 'fixed scale; there are no other flags'),
    q('rate', 6, 16, 'learning rate eta', '0 to 131072', usual(0.05)),
    ...learner.fields.filter(({ name }) => shared.includes(name)).map((field) => ({ ...field, ...(field.name in unlike ? { usual: unlike[field.name]! } : {}) })),
    scale(10),
    whole('iterations', 14, 'iterations that a sample is looked at', '1 to 16', bytes(0)),
    whole('countFrom', 14, 'the first (from 1) whose goodness counts in a prediction', '1 to iterations; layers x counted iterations at most 31', bytes(1)),
    whole('carry', 14, '1: the states go on from sample to sample; 0: each sample is a still image of its own', '0 or 1', bytes(2)),
    q('stateDrop', 15, 16, 'share of the states that no layer sees while learning, drawn anew for every iteration', '0 to 58982 (the core: 65535)'),
  ],
  layers: { apart: 1, fields: [whole('units', 16, 'units of each layer; 0 behind the last', '1 to 4096')] },
  errors: [
    ['inputs', 'inputs must be 1 to 4096'],
    ['labels', 'labels must be 2 to 256'],
    ['layers', 'layers must be 2 to 8'],
    ['units', 'units of each layer must be 1 to 4096'],
    ['bits', 'bits must be 8 or 16'],
    ['window', 'there is no window of raw signal'],
    ['memory', 'there is no memory of samples'],
    ['iterations', 'iterations must be 1 to 16, the first that counts one of them, and layers x counted iterations at most 31'],
    ['drop', 'stateDrop must be below 1'],
    ['flags', 'there is neither a skipped input nor a self-finding rate, and the gate divisor is at least 4'],
  ],
  snapshot: { magic: 'ONRN', version: 1, arithmetic: 2 },
};

/** The learner's layers with bins of a number for labels: what has the name of a learner's word is the same word. */
const alike = ['skipInput', 'selfRate', 'secondOrder', 'seed', 'rate', 'alpha', 'margin', 'clip', 'gateDivisor'];

export const regressor: Block = {
  title: 'a regressor',
  words: 24,
  flags: 4,
  fields: [
    inputs('1 to 512, with the lags'),
    whole('labels', 1, 'bins', '2 to 64', { option: 'bins', usual: 8 }),
    whole('layers', 2, 'layers', '1 to 8', { usual: 2 }),
    bits('8 or 16. A first layer of at most 8 inputs has 16 in any case'),
    ...learner.fields.filter(({ name }) => alike.includes(name)).map((field) => ({ ...field, ...(field.name === 'margin' ? { usual: 0.02 } : field.name === 'rate' ? { usual: 0.1 } : field.name === 'secondOrder' ? { values: '1' } : field.form === 'flag' ? { values: '1' } : {}) })),
    whole('horizon', 14, 'targets that are not known yet when a sample is asked about, its own counted', '1 to 256', { usual: 1 }),
    whole('lags', 15, 'known targets that are the last inputs of a sample', '0 to 256, at most the inputs', { usual: 0 }),
  ],
  layers: { apart: 1, fields: [whole('units', 16, 'units of each layer; 0 behind the last', '1 to 4096')] },
  errors: [
    ['inputs', 'inputs must be 1 to 4096'],
    ['labels', 'bins must be 2 to 64'],
    ['layers', 'layers must be 1 to 8'],
    ['units', 'units of each layer must be 1 to 4096'],
    ['bits', 'bits must be 8 or 16'],
    ['window', 'there is no window of raw signal'],
    ['memory', 'there is no memory of samples'],
    ['grid', 'there is no grid'],
    ['field', 'there are no local fields'],
    ['secondOrder', 'inputs must be 1 to 512'],
    ['flags', 'the flags must be those of skipped input, self-finding rate and decorrelated direction, and the gate divisor at least 4'],
    ['horizon', 'horizon must be 1 to 256'],
    ['lags', 'lags must be 0 to 256, and at most the inputs'],
  ],
  snapshot: { magic: 'ONRG', version: 1, arithmetic: 1 },
};

export const twoPass: Block = {
  title: 'a two-pass network',
  words: 48,
  flags: 4,
  fields: [
    inputs('1 to 4096'),
    whole('labels', 1, 'labels; 0: none', '2 to 256 with a readout or as input, otherwise 0'),
    whole('layers', 2, 'layers', '1 to 8'),
    bits(),
    flag('negativeSign', 4, 0, 'goodness is low for positive data'),
    flag('meanActivity', 4, 1, 'goodness is mean activity, not mean square', { option: 'goodness', choices: ['square', 'activity'] }),
    flag('fixedScale', 4, 2, 'fixed scale'),
    flag('normalise', 4, 3, 'the sample is scaled to RMS 1'),
    flag('labelInput', 4, 4, 'the label is part of the first layer\'s input'),
    flag('pairwise', 4, 5, 'pairs by the pairwise loss, not by two thresholds', { option: 'loss', choices: ['threshold', 'pairwise'] }),
    flag('readout', 4, 6, 'a linear softmax reads activities'),
    seed(5),
    q('rate', 6, 16, 'learning rate eta of the layers', '0 to 524288', usual(0.1)),
    q('alpha', 7, 8, 'sharpness alpha of the loss', '4 to 1048576', usual(4)),
    q('margin', 8, 15, 'a step whose error is below this does not update the layer', '0 to 16384', usual(0.02)),
    q('clip', 9, 8, 'clip of a sample', '2047 counts as the limit', usual(WIDEST)),
    scale(10),
    q('readoutRate', 11, 16, 'learning rate of the readout', '0 to 524288', usual(1)),
    q('theta', 12, 16, 'threshold theta of goodness', '0 to 4194304'),
    q('peers', 13, 12, 'pull lambda towards the layer\'s mean activity; 0: none', '0 to 4096', usual(0)),
    whole('readoutFrom', 14, 'first layer that the readout sees', '0 to layers - 1'),
    whole('goodnessFrom', 15, 'first layer whose goodness counts in a prediction', '0 to layers - 1'),
    q('strength', 16, 8, 'value in the input column of the label', '0 to 2047', { ...usual(6), option: 'labelStrength' }),
    q('hardness', 17, 8, 'a wrong label is drawn from the softmax of this times the first layer\'s goodness; 0: all alike', '0 to 16384', usual(4)),
    whole('gridHeight', 18, 'height of the input grid', '1 where no layer looks at it in windows'),
    whole('gridWidth', 19, 'its width', 'height x width divides the inputs'),
    whole('group', 20, 'units that share a goodness, and are right or wrong together; 0: all of a layer', '0, or a multiple of 8 that divides the units of every layer'),
    q('readoutDrop', 21, 16, 'share of its inputs that the readout does without while it learns, drawn anew for every sample', '0 to 58982'),
  ],
  layers: {
    apart: 3,
    fields: [
      whole('units', 24, 'units of a dense layer, or channels of a local one', 'at most 4096 units in all'),
      whole('field', 25, 'side of a local layer\'s windows; 0: dense', '0, or at most the sides of the grid before it'),
      whole('stride', 26, 'cells from window to window', '1 or more; 0 for a dense layer'),
    ],
  },
  errors: [
    ['inputs', 'inputs must be 1 to 4096'],
    ['labels', 'labels must be 2 to 256 with a readout or as input, otherwise 0'],
    ['layers', 'layers must be 1 to 8'],
    ['units', 'units of each layer must be 1 to 4096'],
    ['bits', 'bits must be 8 or 16'],
    ['grid', 'height x width must divide the inputs'],
    ['field', 'a window must fit into its grid, and the label needs a dense first layer'],
    ['from', 'readoutFrom and goodnessFrom must be layers'],
    ['group', 'a group must be a multiple of 8 that divides the units of every layer'],
  ],
  snapshot: { magic: 'ONTP', version: 1, arithmetic: 3 },
};

export const detector: Block = {
  title: 'a detector',
  words: 12,
  fields: [
    { name: 'mode', word: 0, form: ['streaming', 'commissioned'], says: 'mode', values: '' },
    whole('channels', 1, 'channels', '1 to 256'),
    whole('units', 2, 'units of the net', '1 to 64; streaming: 0 does without it, as one channel must'),
    bits(undefined, 8),
    seed(4),
    { name: 'warmup', word: 5, form: 'unsigned', says: 'samples without alarms; in commissioned mode the ones that are learned', values: '0 or more' },
    whole('hold', 6, 'samples after an alarm in which there is none that is not twice as bad', '0 or more'),
    q('threshold', 7, 24, 'threshold of the score', '1677722 to 268435456'),
    q('rise', 8, 24, 'rise of it with an alarm', '1048576'),
    whole('every', 9, 'samples in which that fades; 0: nothing is added', '0 to 1000000', { option: 'alarmEvery' }),
    q('rate', 10, 16, 'learning rate eta times alpha', '0 to 655360'),
    q('alpha', 11, 8, 'sharpness alpha', '512'),
  ],
  errors: [
    ['mode', 'mode must be 0 or 1'],
    ['channels', 'channels must be 1 to 256'],
    ['units', 'units must be 1 to 64, streaming 0 to 64, of one channel 0'],
    ['bits', 'bits must be 8 or 16'],
  ],
  snapshot: { magic: 'ONDT', version: 1, arithmetic: 4 },
};

export const blocks = { learner, twoPass, recurrent, regressor, detector } as const;

/** One value of a record of fixed length, in its order. */
export interface Member {
  /** In the cores and in C; `reserved` holds 0. */
  readonly name: string;
  readonly type: 'i8' | 'u8' | 'i16' | 'u16' | 'i32' | 'u32' | 'i64' | 'u64';
  /** Type that the cores count with, if it is another one. */
  readonly core?: Member['type'];
  readonly says: string;
  /** Least and greatest, where they do not depend on a configuration; a ? lets 0 be, too. */
  readonly limits?: `${number} ${number}`;
  readonly orZero?: true;
  /** In messages of the host; `name` without. */
  readonly called?: string;
}

export interface Layout {
  readonly says: string;
  readonly members: readonly Member[];
}

const member = (name: string, type: Member['type'], says: string, rest: Partial<Member> = {}): Member => ({ name, type, says, ...rest });
const within = (low: number, high: number, rest: Partial<Member> = {}): Partial<Member> => ({ limits: `${low} ${high}`, ...rest });
const called = (name: string): Partial<Member> => ({ called: name });
const reserved = (type: Member['type']): Member => member('reserved', type, '0', within(0, 0));

const header: Layout = {
  says: 'First region of the arena',
  members: [
    member('seen', 'u64', 'samples learned'),
    member('updates', 'u64', 'layer updates done; at most layers x (samples and what was replayed), less where confident samples were skipped'),
    member('random', 'u32', 'state of the random generator, never 0', within(1, 2 ** 32 - 1, called('random state'))),
    member('rate', 'i32', 'learning rate eta, Q16. Starts as word 6; a rate schedule writes it', within(1, 65536)),
    member('boost', 'i32', 'start boost of the self-finding rate, Q16: 65536 doubles it at first, falls by 1/256 a sample, rounded up, to 0. With a memory and without the self-finding rate it starts at 0; an alarm sets it to 65536', within(0, 65536, called('start boost'))),
    member('labels', 'u32', 'labels in use, as many as the snapshot has names: columns 0 to labels - 1; those up to the capacity are free', { called: 'labels in use', core: 'i32' }),
    member('sharpness', 'i32', 'sharpness of answers, Q16: within where it starts divided, and alpha / layers multiplied, by 4; it starts at alpha / layers, where there are votes at 3/16 of it: with exemplars, and with flag 16 but without prototypes; 0 before the first sample', { orZero: true }),
    member('half', 'i16', 'mark: log2 of the distance, Q10, that half of the learned samples lie beyond', within(0, 20000)),
    member('tenth', 'i16', 'the same of a tenth; at least the one before', within(0, 20000)),
    member('fiftieth', 'i16', 'the same of a fiftieth', within(0, 20000)),
    member('placed', 'u16', 'samples that placed the marks, up to 512; 0, and the marks with it, without flag 16'),
    member('weight', 'i16', 'weight of votes: log2 from where it starts, Q10; 0 without flag 16 and beside prototypes', within(-12288, 12288, called('weight of votes'))),
    member('last', 'u8', 'label of the last sample; 0 where nothing has a vote, as the next', called('last label')),
    member('run', 'u8', 'samples of it in a row, up to 16; 255 where it was new when the row began', called('row')),
  ],
};

const channel: Layout = {
  says: 'Running mean and deviation of one input channel, and how it compresses itself',
  members: [
    member('mean', 'i32', 'mean of the compressed values, in units of 2^exponent'),
    member('variance', 'u32', 'variance of the same, in units of 4^(exponent + shift - 4): within [2^29, 2^31), or 0 for a channel that has not varied', within(2 ** 29, 2 ** 31 - 1, { orZero: true })),
    member('inverse', 'u16', '2^30 / root of the variance when it was last taken; 0 with it'),
    member('count', 'u16', 'values seen, up to 2047', within(0, 2047)),
    member('shift', 'i8', 'a difference >> this has a deviation of about 11 bits', within(-11, 31)),
    member('exponent', 'i8', 'power of two of one unit', within(-126, 102)),
    member('atom', 'u16', 'the last value found at the centre, the upper half of its bits xor the lower'),
    member('centre', 'i32', 'a running quantile, in units; below 2^27', within(1 - 2 ** 27, 2 ** 27 - 1)),
    member('tail', 'i32', 'the mean distance from the centre in spreads, Q16: 1 to 2^26. After the second value, that value in units', within(1 - 2 ** 27, 2 ** 27 - 1)),
    member('reach', 'u32', 'so many units from the centre values stay as they are; 1 to 2^30, or 2^31 - 1 while `pace` is 0'),
    member('spread', 'i16', 'log2 of the running third of the distances from the centre in units, Q10: 0 to 30720. After the second value, 16 bits of that value, as the atom'),
    member('pace', 'u16', 'lower 11 bits: values that made centre and spread, up to 2047, 0 while all were the same. Upper 5 bits: by how many more of the last lay within an eighth of the centre from zero than did not, 0 to 20', within(0, (20 << 11) | 2047)),
  ],
};

const factor: Layout = {
  says: 'Head of a whitening factor',
  members: [member('count', 'u16', 'samples followed, up to 256', within(0, 256)), member('wait', 'u16', 'samples to let pass before the next is followed, up to 15', within(0, 15)), reserved('u32'), reserved('u64')],
};

const memory: Layout = {
  says: 'First region of the memory',
  members: [
    member('age', 'u32', 'samples learned since the memory was last emptied; never 0 again after the first'),
    member('weight', 'i16', 'weight of the votes of the nearest exemplars: log2 from where it starts, Q10; 0 without exemplars', within(-12288, 12288, called('weight of the nearest'))),
    reserved('u16'),
    reserved('u32'),
    member('stored', 'i32', 'exemplars stored'),
    member('low', 'i16', 'codes stand for low + code x step, in anchored coordinates (Q6); with a fixed scale in standardised inputs (Q8)', within(-2047, 0, called('lowest code'))),
    member('step', 'i16', 'its step; 0 where only 0 has been stored under a fixed scale', within(0, 2047)),
    member('doubt', 'u16', 'samples left in which an alarm\'s doubt is decided; 0: there is none', within(0, 24)),
    member('contradicted', 'u16', 'of the samples judged since the alarm, those that the memory would have answered wrongly', within(0, 24)),
    member('fast', 'i32', 'detector: fast average, Q20 (input: Q16)'),
    member('slow', 'i32', 'detector: slow average, or mean'),
    member('watched', 'u32', 'samples the detector has seen since it started, at most 2^30', within(0, 2 ** 30)),
    reserved('u32'),
    member('sum', 'i64', 'detector: Page-Hinkley\'s sum, Q20; input: variance, Q24'),
    member('least', 'i32', 'detector: DDM\'s least rate, Q20; 2^20 at first'),
    member('leastDeviation', 'i32', 'detector: its deviation then, Q20; 2^20 at first', called('least deviation')),
    member('alarms', 'u32', 'alarms'),
    member('lastAlarm', 'u32', 'samples learned at the last alarm, its low 32 bits', called('last alarm')),
    member('judged', 'u16', 'samples judged since the alarm', within(0, 24)),
    member('share', 'u16', 'of the replays of labels that came lately so many are done, Q16', within(164, 65535)),
    member('harm', 'i32', 'change of the loss of a waiting sample by such a replay, octaves in Q20'),
    ...[0, 1, 2, 3].map((k) => member(`recent${k}`, 'u64', k === 0 ? 'the last 256 errors, youngest in bit 0; only of ADWIN' : 'and so on', called('recent'))),
    member('inputPrint', 'u32', 'print of the last raw input: its words, each XORed into the five bits further rotated ones before. 0 without exemplars and prototypes', called('input print')),
    member('turn', 'u32', 'place of sleep in the store, of 2^32; golden steps. 0 before the first'),
  ],
};

const labelMemory: Layout = {
  says: 'Memory of a label',
  members: [
    member('offered', 'u32', 'samples offered to the memory since it was emptied, at most 2^31 - 1', within(0, 2 ** 31 - 1)),
    member('last', 'u32', 'number of its last sample, counted from 1, low 32 bits and never 0; 0: never seen'),
    member('seen', 'u16', 'samples of it ever, up to 65535'),
    member('kept', 'u16', 'exemplars of it'),
    member('newest', 'u16', 'index + 1 of its newest exemplar; 0: none. What stands there may have become another label\'s since'),
    member('secondNewest', 'u16', 'the same of the one before', called('newest2')),
  ],
};

export const records = { header, channel, factor, memory, labelMemory } as const;
