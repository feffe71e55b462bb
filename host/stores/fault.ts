import { decodeDetector, isDetector } from '../detector/snapshot.js';
import { decodeMember, isMember } from '../fleet/member.js';
import { decodeRegressor, isRegressor } from '../regressor/snapshot.js';
import { decodeSnapshot } from '../snapshot.js';

/** Why these bytes would not be loaded; undefined for a good snapshot, be it a learner's, a detector's, a regressor's or that of a member of a fleet. */
export function snapshotFault(bytes: Uint8Array): string | undefined {
  try {
    if (bytes instanceof Uint8Array && isDetector(bytes)) decodeDetector(bytes);
    else if (bytes instanceof Uint8Array && isRegressor(bytes)) decodeRegressor(bytes);
    else if (bytes instanceof Uint8Array && isMember(bytes)) decodeMember(bytes);
    else decodeSnapshot(bytes);
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}
