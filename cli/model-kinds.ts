/** Kinds of models, and which command takes which: the one place that refuses a model of another kind. */
import { isMember } from '../host/fleet/member.js';
import { kindOfMagic } from '../host/magic.js';
import { decodeSnapshot } from '../host/snapshot.js';
import { noteOf } from './model-note.js';

/** Each by its name in messages, and the function that a program loads it with. */
const KINDS = {
  learner: { title: 'a learner, which answers with labels', loader: 'loadLearner of onward' },
  'learner of sound': { title: 'a learner that hears sound', loader: 'loadSoundLearner of onward/sound' },
  detector: { title: 'a detector, which has no labels', loader: 'loadDetector of onward' },
  regressor: { title: 'a regressor, which predicts numbers, not labels', loader: 'loadRegressor of onward/regressor' },
  'two-pass network': { title: 'a two-pass network', loader: 'loadTwoPass of onward' },
  'recurrent network': { title: 'a recurrent network', loader: 'loadRecurrent of onward' },
  member: { title: 'the state of a member of a fleet', loader: undefined },
  project: { title: 'a project of the page', loader: undefined },
} as const;

export type ModelKind = keyof typeof KINDS;

/** Kinds that each command takes, in the order in which a message names them. */
const TAKEN = {
  predict: ['learner', 'learner of sound', 'regressor', 'project'],
  learn: ['learner', 'learner of sound', 'regressor'],
  watch: ['learner', 'learner of sound'],
  detect: ['detector'],
  inspect: ['learner', 'learner of sound', 'detector', 'regressor', 'project'],
  dream: ['learner'],
  labels: ['learner', 'learner of sound'],
  export: ['learner', 'detector', 'regressor'],
} as const satisfies Record<string, readonly ModelKind[]>;

export type ModelCommand = keyof typeof TAKEN;

/** Undefined where the bytes are no model; a damaged one is of the kind that it begins as. */
export function modelKindOf(bytes: Uint8Array): ModelKind | undefined {
  if (isMember(bytes)) return 'member';
  const kind = kindOfMagic(bytes) as ModelKind | undefined;
  return kind === 'learner' && hearsSound(bytes) ? 'learner of sound' : kind;
}

function hearsSound(bytes: Uint8Array): boolean {
  try {
    return noteOf(decodeSnapshot(bytes).note).sound !== undefined;
  } catch {
    return false; // whoever loads it says what is wrong
  }
}

/**
 * @param path for the message
 * @throws Error that says what it is instead, and what takes it
 */
export function checkModelKind(command: ModelCommand, path: string, bytes: Uint8Array): void {
  const kind = modelKindOf(bytes);
  const taken: readonly ModelKind[] = TAKEN[command];
  if (kind === undefined || taken.includes(kind)) return;
  const { title, loader } = KINDS[kind];
  const others = Object.entries(TAKEN).flatMap(([name, kinds]) => ((kinds as readonly ModelKind[]).includes(kind) ? [`onward ${name}`] : []));
  const remedy = [...(others.length > 0 ? [`${listed(others, 'and')} take${others.length === 1 ? 's' : ''} it`] : []), ...(loader === undefined ? [] : [`a program loads it (${loader})`])];
  throw new Error(`${path} is ${title}; onward ${command} takes a ${listed(taken, 'or')}${remedy.length > 0 ? `; ${remedy.join(', ')}` : ''}`);
}

function listed(names: readonly string[], last: 'and' | 'or'): string {
  return names.length < 2 ? names.join() : `${names.slice(0, -1).join(', ')} ${last} ${names.at(-1)!}`;
}
