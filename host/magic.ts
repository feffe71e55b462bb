import { LearnerError } from './errors.js';

/** Kinds of file by their first four letters. */
const KINDS: Record<string, string> = { ONWD: 'learner', ONDT: 'detector', ONTP: 'two-pass network', ONRN: 'recurrent network', ONRG: 'regressor', ONWP: 'project' };

/** The kind of snapshot that bytes begin as; undefined where they are none of ours. */
export function kindOfMagic(bytes: Uint8Array): string | undefined {
  return KINDS[String.fromCharCode(...bytes.subarray(0, 4))];
}

/** The message names what the bytes are, where they are another kind of ours. @throws LearnerError for bytes that do not begin with `magic` */
export function checkMagic(magic: string, bytes: Uint8Array): void {
  const found = kindOfMagic(bytes);
  if (found === KINDS[magic]) return;
  throw new LearnerError('ESNAPSHOT_MAGIC', `snapshot: this is ${found ? `a ${found}, not a ${KINDS[magic]!}` : 'not a snapshot'} of onward; it does not begin with "${magic}"`);
}
