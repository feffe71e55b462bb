import { DRIFTS, KEEPS, SECOND_ORDERS } from '../host/config.js';
import type { Adapt, LearnerMemory, LearnerOptions, LearnerSettings, LearnerWishes, MovedEvent } from '../host/index.js';
import { UsageError, type Arguments, type Option } from './arguments.js';

/** The options that shape a learner, shared by every command that makes one. */
export const LEARNER_OPTIONS: Record<string, Option> = {
  units: { value: 'M,M', help: 'units of each layer, 1 to 8 layers (default 64,64)' },
  bits: { value: '8|16', help: 'bits of a weight (default 8)' },
  seed: { value: 'N', help: 'decides every bit of the outcome (default 1)' },
  rate: { value: 'R', help: 'learning rate, at most 1 (default 0.05)' },
  margin: { value: 'P', help: 'a layer that errs by less than this is not updated, 0 to 0.5 (default 0.05)' },
  'second-order': { value: 'off|input|full', help: 'weights that see the sample, or all, move along a decorrelated direction: for channels that\nmove together; about N x N bytes for N inputs, and with full for N units (default off)' },
  'no-skip-input': { help: 'layers after the first do not see the input' },
  'no-self-rate': { help: 'the learning rate stays where it is put' },
};

/** The options of what a learner remembers beside its weights, for the commands where that makes sense. */
export const MEMORY_OPTIONS: Record<string, Option> = {
  exemplars: { value: 'N', help: 'past samples kept and learned again with every new one, 0 to 65535 (default 0)' },
  'exemplar-bits': { value: '8|4|2', help: 'bits of a value of an exemplar: fewer bits, more exemplars in the same memory (default 8)' },
  prototypes: { value: 'K', help: 'instead of samples, K means and deviations a label, 0 to 64 (default 0)' },
  keep: { value: 'recent|spread', help: 'what a full store keeps of a label: the newest, or a fair sample of all (default recent)' },
  replays: { value: 'N', help: 'exemplars or prototypes learned with every new sample, 0 to 64 (default 6)' },
  drift: { value: 'NAME', help: `what notices that the stream has changed: ${DRIFTS.join(', ')}\n(default: two-rates with a memory, else none)` },
};

/** Past samples that a learner keeps which is taught by hand, one thing after the other: `learn`, the page, Node-RED. */
const BY_HAND = 200;

/** The same for those commands. */
export const TAUGHT_MEMORY_OPTIONS: Record<string, Option> = {
  ...MEMORY_OPTIONS,
  exemplars: { value: 'N', help: `past samples kept and learned again, with every new one and while nothing is taught; 0: none (default ${BY_HAND};\nwith --prototypes none)` },
};

/** A new learner keeps past samples unless the command line says otherwise. */
export function rememberByHand<C extends LearnerMemory>(config: C): C {
  return config.exemplars === undefined && !config.prototypes ? { ...config, exemplars: BY_HAND } : config;
}

/** The option of what samples without labels may change, for the commands that have such samples. */
export const ADAPT_OPTION: Record<string, Option> = {
  adapt: { value: 'never|balanced', help: 'what a sample without a label changes: nothing, or the standardisation, balanced by answer and out of a\ncredit since the last label (default never)' },
};

export function adaptOf(args: Arguments): Adapt {
  const adapt = args.text('adapt') ?? 'never';
  if (adapt !== 'never' && adapt !== 'balanced') throw new UsageError(`--adapt must be never or balanced, got ${adapt}`);
  return adapt;
}

/** When the answer is that there is none, for the commands that answer one sample after the other. */
export const UNKNOWN_OPTION: Record<string, Option> = {
  'unknown-below': { value: 'P', help: 'answer "unknown" where a sample is less familiar than this, 0 to 1: 0.02 calls one in fifty of ordinary\nsamples unknown (default 0: never)' },
};

/** How a learner of such a command runs. */
export function runOf(args: Arguments): LearnerOptions {
  const unknownBelow = args.number('unknown-below', 0, 1);
  return unknownBelow === undefined ? {} : { unknownBelow };
}

/** How familiar a sample is, on a line of JSON; null where nothing can be said. */
export function familiarFigure(familiar: number | undefined): number | null {
  return familiar === undefined ? null : Number(familiar.toFixed(4));
}

export function movedText({ label, answer, adapted }: MovedEvent): string {
  return `${adapted === 1 ? '1 sample without a label has' : `${adapted} samples without a label have`} moved the standardisation far: the last one taught as ${label} is now answered ${answer}; it waits for a label`;
}

export function learnerConfig(args: Arguments): LearnerWishes {
  return { ...networkConfig(args), ...memoryConfig(args) } as LearnerWishes;
}

/** The same without a memory: for `fleet aggregate`, whose `--prototypes` is another thing. */
export function networkConfig(args: Arguments): Partial<LearnerSettings> {
  const config: Partial<LearnerSettings> = {};
  const units = args.list('units', 1, 4096);
  if (units && units.length > 8) throw new UsageError(`--units must name 1 to 8 layers, got ${units.length}`);
  const bits = args.whole('bits', 0, 99);
  if (bits !== undefined && bits !== 8 && bits !== 16) throw new UsageError(`--bits must be 8 or 16, got ${bits}`);
  const seed = args.whole('seed', 0, 0xffff_ffff);
  const rate = args.number('rate', 2 ** -16, 1);
  const margin = args.number('margin', 0, 0.5);
  const order = args.text('second-order');
  const secondOrder = SECOND_ORDERS.find((name) => name === order);
  if (order !== undefined && !secondOrder) throw new UsageError(`--second-order must be ${SECOND_ORDERS.join(', ')}; got ${order}`);
  if (units) config.units = units;
  if (bits) config.bits = bits;
  if (seed !== undefined) config.seed = seed;
  if (rate !== undefined) config.rate = rate;
  if (margin !== undefined) config.margin = margin;
  if (secondOrder) config.secondOrder = secondOrder;
  if (args.has('no-skip-input')) config.skipInput = false;
  if (args.has('no-self-rate')) config.selfRate = false;
  return config;
}

function memoryConfig(args: Arguments): LearnerWishes {
  const exemplars = args.whole('exemplars', 0, 65535);
  const exemplarBits = args.whole('exemplar-bits', 0, 99);
  const prototypes = args.whole('prototypes', 0, 64);
  const replays = args.whole('replays', 0, 64);
  const drift = args.text('drift');
  const keep = args.text('keep');
  const kept = KEEPS.find((name) => name === keep);
  if (keep !== undefined && !kept) throw new UsageError(`--keep must be ${KEEPS.join(' or ')}; got ${keep}`);
  if (exemplars && prototypes) throw new UsageError('give --exemplars or --prototypes, not both');
  if (exemplarBits !== undefined && exemplarBits !== 8 && exemplarBits !== 4 && exemplarBits !== 2) throw new UsageError(`--exemplar-bits must be 8, 4 or 2, got ${exemplarBits}`);
  const named = DRIFTS.find((name) => name === drift);
  if (drift !== undefined && !named) throw new UsageError(`--drift must be ${DRIFTS.join(', ')}; got ${drift}`);
  return {
    ...(exemplars === undefined ? {} : { exemplars }),
    ...(exemplarBits === undefined ? {} : { exemplarBits }),
    ...(prototypes === undefined ? {} : { prototypes }),
    ...(replays === undefined ? {} : { replays }),
    ...(named ? { drift: named } : {}),
    ...(kept ? { keep: kept } : {}),
  } as LearnerWishes; // which of them exclude each other the learner says
}
