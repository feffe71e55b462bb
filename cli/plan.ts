import { planOf } from '../host/plan.js';
import { resolveRegressorConfig } from '../host/regressor/config.js';
import { regressorPlanOf } from '../host/regressor/plan.js';
import type { PlanTotals } from '../host/arena/regions.js';
import type { ResolvedConfig } from '../host/config.js';
import { storeLife } from '../firmware-sim/boards.js';
import { CHIPS, espressif } from '../firmware-sim/chips.js';
import { learnerSource } from '../firmware-sim/build.js';
import { regressorSource } from '../firmware-sim/regressor.js';
import type { ExportTarget } from '../firmware-sim/export-formats.js';
import { UsageError, section, type Arguments, type Command } from './arguments.js';
import { TARGET_OPTIONS, regressorWishes } from './eval-target.js';
import { SHAPE_OPTIONS, shapedLearner } from './shape-options.js';
import { count, jsonText, table } from './terminal.js';

/** The largest board of `plan` that a package of `export` may be for, and what an error calls it; those that are not here are for boards of any size. */
const LARGEST: Partial<Record<ExportTarget, readonly [board: string, called: string]>> = { pico: ['RP2040 (Pico)', 'a Pico'], 'esp-idf': ['ESP32-S3', 'an ESP32-S3'] };

/** Stack and the firmware's own variables. */
const FIRMWARE_BYTES = 1024;

/** The bytes of a plan in the RAM of a board. */
function boardNeed({ arena, tables }: { arena: number; tables: number }): number {
  return arena + tables + FIRMWARE_BYTES;
}

/** @throws UsageError for a learner that does not fit any board that a package is for */
export function refuseTooLarge(config: ResolvedConfig, target: ExportTarget): void {
  const [board, called] = LARGEST[target] ?? [];
  const need = boardNeed(planOf(config));
  const short = need - (CHIPS.find(({ name }) => name === board)?.ram ?? Infinity);
  if (short > 0) throw new UsageError(`it does not fit ${called}: ${count(need)} B of RAM, ${count(short)} B too many; fewer units, exemplars or labels (onward plan says what takes how much)`);
}

/** The chips of ESP-IDF that it does not fit, as a sentence; null: it fits all. */
export function tooSmallOfEspressif(config: ResolvedConfig): string | null {
  const need = boardNeed(planOf(config));
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
  about: 'What a learner, or with --target a regressor, would need in memory, before anything runs, and which microcontrollers it fits. Where it fits none of them, the exit code is 1.',
  options: {
    ...SHAPE_OPTIONS,
    ...section('A number in place of a label', { ...TARGET_OPTIONS, target: { help: 'of a regressor, which predicts a number from --inputs values (default 16)' } }),
    json: { help: 'one JSON object instead of the table' },
  },

  async run(args) {
    const { config, bytes, rows, snapshotBytes } = args.has('target') ? await regressorPlan(args) : learnerPlan(args);
    const need = boardNeed(bytes);
    const store = storeLife(snapshotBytes);
    const boards = CHIPS.map(({ name, ram }) => ({ name, ram, fits: need <= ram }));
    if (args.has('json')) process.stdout.write(`${jsonText({ bytes, firmware: FIRMWARE_BYTES, need, snapshot: snapshotBytes, store, boards, config })}\n`);
    else process.stdout.write(
      `${table([
        ...rows.map(([name, size, about]) => [name, `${count(size)} B`, about]),
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

/** A planned model, as it is told of. */
interface Planned {
  config: object;
  bytes: PlanTotals;
  /** Parts of the arena: a name, bytes, and what they are. */
  rows: [name: string, bytes: number, about: string][];
  snapshotBytes: number;
}

function learnerPlan(args: Arguments): Planned {
  for (const name of ['lags', 'horizon']) if (args.has(name)) throw new UsageError(`--${name} needs --target`);
  const config = shapedLearner(args);
  const bytes = planOf(config);
  return {
    config: { ...config, labels: config.labels.length },
    bytes,
    rows: [
      ['weights', bytes.weights, ''],
      ['gates', bytes.gates, 'units x labels of every layer'],
      ['biases', bytes.biases, ''],
      ['normaliser', bytes.normaliser, 'running mean and scale of every input'],
      ['labels', bytes.labels, 'how often each was learned'],
      ['rate', bytes.rate, 'what the self-finding rate remembers'],
      ...(bytes.factor === 0 ? [] : [['factor', bytes.factor, 'what decorrelates inputs: 16 bits for every pair']] satisfies Planned['rows']),
      ...(bytes.exemplars + bytes.prototypes + bytes.memory === 0 ? [] : [
        ['exemplars', bytes.exemplars, 'past samples, in so many bits a value'],
        ['prototypes', bytes.prototypes, 'means and deviations of every label'],
        ['memory', bytes.memory, 'their counters, and what notices drift'],
      ] satisfies Planned['rows']),
      ...(bytes.anchors === 0 ? [] : [['anchors', bytes.anchors, 'the centres and spreads that remembered values count from']] satisfies Planned['rows']),
      ['scratch', bytes.scratch, 'does not grow with depth'],
      ['header', bytes.header, ''],
    ],
    snapshotBytes: learnerSource(config).snapshotBytes,
  };
}

/** Options that a regressor has, too. */
const TAKEN_BY_REGRESSORS = ['target', 'inputs', 'lags', 'horizon', 'units', 'bits', 'seed', 'rate', 'margin', 'json'];

async function regressorPlan(args: Arguments): Promise<Planned> {
  const idle = args.names.find((name) => !TAKEN_BY_REGRESSORS.includes(name));
  if (idle !== undefined) throw new UsageError(`give --target or --${idle}, not both`);
  const { ahead, lags, given } = regressorWishes(args);
  const config = usable(() => resolveRegressorConfig({ inputs: args.whole('inputs', 0, 512) ?? 16, lags, horizon: Math.max(1, ahead), ...given }));
  const bytes = regressorPlanOf(config);
  return {
    config,
    bytes,
    rows: [
      ['weights', bytes.weights, ''],
      ['gates, biases', bytes.gatesAndBiases, 'units x bins of every layer'],
      ['normaliser', bytes.normaliser, 'running mean and scale of every input'],
      ['target', bytes.target, 'its bins, the linear prediction, numbers that are known'],
      ['rate', bytes.rate, 'what the self-finding rate remembers'],
      ['factor', bytes.factor, 'what decorrelates inputs: 16 bits for every pair'],
      ['scratch', bytes.scratch, 'does not grow with depth'],
      ['header', bytes.header, ''],
    ],
    snapshotBytes: (await regressorSource(config)).snapshotBytes,
  };
}

/** @throws UsageError for what cannot be: nothing but the command line can be wrong here */
function usable<T>(make: () => T): T {
  try {
    return make();
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}
