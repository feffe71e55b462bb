import { LearnerError } from './errors.js';

/** Kinds of file by their first four letters. */
const KINDS: Record<string, string> = { ONWD: 'learner', ONDT: 'detector', ONTP: 'two-pass network', ONRN: 'recurrent network', ONRG: 'regressor', ONWP: 'project' };

/** The message names what the bytes are, where they are another kind of ours. @throws LearnerError for bytes that do not begin with `magic` */
export function checkMagic(magic: string, bytes: Uint8Array): void {
  const letters = String.fromCharCode(...bytes.subarray(0, 4));
  if (letters === magic) return;
  const found = KINDS[letters];
  throw new LearnerError('ESNAPSHOT_MAGIC', `snapshot: this is ${found ? `a ${found}, not a ${KINDS[magic]!}` : 'not a snapshot'} of onward; it does not begin with "${magic}"`);
}
