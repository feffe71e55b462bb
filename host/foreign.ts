import { LearnerError } from './errors.js';

/** What the first four letters of a snapshot say it is, and what loads it. */
const KINDS: Record<string, readonly [what: string, load: string]> = {
  ONWD: ['a learner', 'loadLearner'],
  ONDT: ['a detector', 'loadDetector'],
  ONTP: ['a two-pass network', 'loadTwoPass'],
  ONRN: ['a recurrent network', 'loadRecurrent'],
};

/** The refusal of bytes that do not begin with `magic`: one of our other kinds is called by its name. */
export function foreign(magic: string, bytes: Uint8Array): LearnerError {
  const [wanted] = KINDS[magic]!;
  const found = KINDS[String.fromCharCode(...bytes.subarray(0, 4))];
  return new LearnerError('ESNAPSHOT_MAGIC', `snapshot: this is ${found ? `${found[0]}, not ${wanted}: load it with ${found[1]}` : `not ${wanted} of onward; it does not begin with "${magic}"`}`);
}
