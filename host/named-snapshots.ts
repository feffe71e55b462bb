import { LearnerError } from './errors.js';
import { namesOf, numbered } from './label-names.js';
import { snapshotsOf, type Sealed } from './sealed.js';

/** Writes and reads the snapshots of one kind of network with labels. */
export interface NamedSnapshots<Config> {
  encode(config: Config, state: Uint8Array): Uint8Array;
  /** @throws as that of `Snapshots`, and LearnerError for names that are none */
  decode(bytes: Uint8Array): { config: Config; state: Uint8Array };
}

/** Words know labels by number. Their names stand behind the state, as an array in JSON; labels that are called '0', '1', ... need none, and the file is of the version before. */
export function namedSnapshotsOf<Config extends { readonly labels: readonly string[] }>(kind: Sealed<Config>): NamedSnapshots<Config> {
  const { encode, decode } = snapshotsOf({ ...kind, notedVersion: kind.version + 1 });
  return {
    encode(config, state) {
      const names = JSON.stringify(config.labels);
      return encode(config, state, names === JSON.stringify(numbered(config.labels.length)) ? '' : names);
    },
    decode(bytes) {
      const { config, state, note } = decode(bytes);
      return note === '' ? { config, state } : { config: Object.freeze({ ...config, labels: namesIn(note, config.labels.length) }), state };
    },
  };
}

function namesIn(text: string, count: number): readonly string[] {
  try {
    const names = namesOf('labels', JSON.parse(text) as string[]);
    if (names.length !== count) throw new RangeError(`${names.length} names of ${count} labels`);
    return names;
  } catch (cause) {
    throw new LearnerError('ESNAPSHOT_SHAPE', `snapshot: its names of labels are none (${(cause as Error).message}); use an earlier snapshot`, { cause });
  }
}
