import { planOf } from '../host/plan.js';
import type { ResolvedConfig } from '../host/config.js';
import { storeLife } from '../firmware-sim/boards.js';
import { CHIPS, espressif } from '../firmware-sim/chips.js';
import { learnerSource } from '../firmware-sim/build.js';
import type { ExportTarget } from '../firmware-sim/export-formats.js';
import { UsageError, type Command } from './arguments.js';
import { SHAPE_OPTIONS, shapedLearner } from './shape-options.js';
import { count, jsonText, table } from './terminal.js';

/** The largest board of `plan` that a package of `export` may be for, and what an error calls it; those that are not here are for boards of any size. */
const LARGEST: Partial<Record<ExportTarget, readonly [board: string, called: string]>> = { pico: ['RP2040 (Pico)', 'a Pico'], 'esp-idf': ['ESP32-S3', 'an ESP32-S3'] };

/** Stack and the firmware's own variables. */
const FIRMWARE_BYTES = 1024;

/** A learner's bytes in the RAM of a board. */
function boardNeed(config: ResolvedConfig): number {
  const { arena, tables } = planOf(config);
  return arena + tables + FIRMWARE_BYTES;
}

/** @throws UsageError for a learner that does not fit any board that a package is for */
export function refuseTooLarge(config: ResolvedConfig, target: ExportTarget): void {
  const [board, called] = LARGEST[target] ?? [];
  const need = boardNeed(config);
  const short = need - (CHIPS.find(({ name }) => name === board)?.ram ?? Infinity);
  if (short > 0) throw new UsageError(`it does not fit ${called}: ${count(need)} B of RAM, ${count(short)} B too many; fewer units, exemplars or labels (onward plan says what takes how much)`);
}

/** The chips of ESP-IDF that it does not fit, as a sentence; null: it fits all. */
export function tooSmallOfEspressif(config: ResolvedConfig): string | null {
  const need = boardNeed(config);
  const small = espressif.filter(({ ram }) => ram < need).map(({ name, ram }) => `an ${name}, where static variables may take ${count(ram / 1024)} kB`);
  return small.length === 0 ? null : `it takes ${count(need)} B of RAM: too many for ${small.join(', and ')}`;
}

/** How long so many minutes are. */
function years(minutes: number): string {
  return `${(minutes / (60 * 24 * 365.25)).toFixed(1)} years`;
}

export const plan: Command = {
  name: 'plan',
  operands: '',
  about: 'What a learner would need in memory, before anything runs, and which microcontrollers it fits. Where it fits none of them, the exit code is 1.',
  options: {
    ...SHAPE_OPTIONS,
    json: { help: 'one JSON object instead of the table' },
  },

  async run(args) {
    const config = shapedLearner(args);
    const bytes = planOf(config);
    const need = boardNeed(config);
    const { snapshotBytes } = learnerSource(config);
    const store = storeLife(snapshotBytes);
    const boards = CHIPS.map(({ name, ram }) => ({ name, ram, fits: need <= ram }));
    if (args.has('json')) {
      process.stdout.write(`${jsonText({ bytes, firmware: FIRMWARE_BYTES, need, snapshot: snapshotBytes, store, boards, config: { ...config, labels: config.labels.length } })}\n`);
    } else process.stdout.write(
      `${table([
        ['weights', `${count(bytes.weights)} B`, ''],
        ['gates', `${count(bytes.gates)} B`, 'units x labels of every layer'],
        ['biases', `${count(bytes.biases)} B`, ''],
        ['normaliser', `${count(bytes.normaliser)} B`, 'running mean and scale of every input'],
        ['labels', `${count(bytes.labels)} B`, 'how often each was learned'],
        ['rate', `${count(bytes.rate)} B`, 'what the self-finding rate remembers'],
        ...(bytes.factor === 0 ? [] : [['factor', `${count(bytes.factor)} B`, 'what decorrelates inputs: 16 bits for every pair']]),
        ...(bytes.exemplars + bytes.prototypes + bytes.memory === 0 ? [] : [
          ['exemplars', `${count(bytes.exemplars)} B`, 'past samples, in so many bits a value'],
          ['prototypes', `${count(bytes.prototypes)} B`, 'means and deviations of every label'],
          ['memory', `${count(bytes.memory)} B`, 'their counters, and what notices drift'],
        ]),
        ...(bytes.anchors === 0 ? [] : [['anchors', `${count(bytes.anchors)} B`, 'the centres and spreads that remembered values count from']]),
        ['scratch', `${count(bytes.scratch)} B`, 'does not grow with depth'],
        ['header', `${count(bytes.header)} B`, ''],
        ['arena', `${count(bytes.arena)} B`, 'the sum of the above: all that is learned or remembered'],
        ['tables', `${count(bytes.tables)} B`, 'constants'],
        ['wasm page', `${count(bytes.page)} B`, 'linear memory in a browser or on Node'],
        ['on a board', `${count(need)} B`, `arena, tables and ${count(FIRMWARE_BYTES)} B of stack and firmware state`],
        ['snapshot', `${count(snapshotBytes)} B`, 'what a save writes, at most'],
        ['saves', count(store.saves), `that a Pico's flash bears, ${count(store.slots)} slots in turn: ${years(store.saves)} of one a minute`],
      ])}\n\n${table(boards.map(({ name, ram, fits }) => [name, `${count(ram / 1024)} kB`, fits ? `fits, ${count(ram - need)} B left` : `does not fit, ${count(need - ram)} B short`]))}\n\nOf Espressif's chips: what ESP-IDF lets static variables take, on the C3 and S3 less the code that runs from RAM.\n`,
    );
    const greatest = boards.reduce((a, b) => (b.ram > a.ram ? b : a));
    if (!greatest.fits) throw new Error(`it fits none of these boards, ${count(need - greatest.ram)} B more than the ${greatest.name} has; fewer units, inputs, labels or exemplars need less`);
  },
};
