import { decodeSnapshot } from '../snapshot.js';
import { MESSAGE_HEADER_BYTES, decodeMessage, encodeMessage } from './message.js';

/** All that a member of a fleet must not forget: its learner, and what of it the fleet has already been told. */
export interface MemberState {
  /** Name of the fleet; undefined in an earlier build's. */
  fleet: string | undefined;
  architecture: number;
  /** Round of the model that it has. */
  round: number;
  /** Samples learned that no update has carried. */
  own: number;
  /** Updates sent so far. */
  sequence: number;
  /** Samples in the update of this round; 0 where none was sent. */
  sent: number;
  /** The one layer in that update; undefined where all are. */
  layer: number | undefined;
  /** True if it held a few changes only: it cannot be made anew, and is not sent again. */
  few: boolean;
  /** Packed parameters of the model, or what was sent of them: what differs from them is its own. */
  mark: Uint8Array;
  /** The learner. */
  snapshot: Uint8Array;
}

const MAGIC = 0x31574e4f; // "ONW1"

/** True if bytes begin as those that `FleetDevice.save` wrote, and not as a snapshot. */
export function isMember(bytes: Uint8Array): boolean {
  return bytes.length >= MESSAGE_HEADER_BYTES && new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true) === MAGIC;
}

/** FORMAT.md: a message of kind 5, which is kept and never sent. */
export function encodeMember({ fleet, architecture, round, own, sequence, sent, layer, few, mark, snapshot }: MemberState): Uint8Array {
  const name = fleet === undefined ? [] : [fleet.length, ...new TextEncoder().encode(fleet)]; // of ASCII: `checkSegment`
  const body = new Uint8Array(8 + mark.length + name.length + snapshot.length);
  const view = new DataView(body.buffer);
  view.setUint32(0, sent, true);
  view.setUint32(4, mark.length, true);
  body.set(mark, 8);
  body.set(name, 8 + mark.length);
  body.set(snapshot, 8 + mark.length + name.length);
  return encodeMessage({ kind: 'member', architecture, round, examples: own, sequence, layer, few, named: fleet !== undefined, body });
}

/**
 * Looks at everything before anything is believed; mark and snapshot are views of one copy.
 * @throws RangeError for bytes that are no member's, LearnerError for a learner in it that cannot be loaded
 */
export function decodeMember(bytes: Uint8Array): MemberState {
  const message = decodeMessage(bytes);
  const fault = typeof message === 'string' ? message : message.kind !== 'member' || message.masked === true ? 'kind' : message.body.length < 8 ? 'length' : undefined;
  if (fault !== undefined) throw new RangeError(`member: not what a FleetDevice saved (${fault}); use an earlier save`);
  const { architecture, round, examples: own, sequence, layer, few = false, named, body } = message as Exclude<typeof message, string>;
  const view = new DataView(body.buffer, body.byteOffset);
  const end = 8 + view.getUint32(4, true);
  const start = named ? end + 1 + (body[end] ?? 0) : end;
  if (start > body.length) throw new RangeError('member: not what a FleetDevice saved (length); use an earlier save');
  const fleet = named ? new TextDecoder().decode(body.subarray(end + 1, start)) : undefined;
  const snapshot = body.subarray(start);
  const { config } = decodeSnapshot(snapshot);
  if (layer !== undefined && layer >= config.units.length) throw new RangeError('member: not what a FleetDevice saved (layer); use an earlier save');
  return { fleet, architecture, round, own, sequence, sent: view.getUint32(0, true), layer, few, mark: body.subarray(8, end), snapshot };
}

/** The snapshot of a learner in what `FleetDevice.save` wrote; other bytes as they are. */
export function learnerIn(bytes: Uint8Array): Uint8Array {
  return isMember(bytes) ? decodeMember(bytes).snapshot : bytes;
}

/**
 * A member whose learner has gone on without a device: that much more is its own, and unsent.
 * @param bytes of `FleetDevice.save`
 * @param snapshot of the learner now, which has the labels that it had
 * @param samples learned since
 */
export function memberAlone(bytes: Uint8Array, snapshot: Uint8Array, samples: number): Uint8Array {
  const state = decodeMember(bytes);
  return encodeMember({ ...state, own: state.mark.length === 0 ? 0 : state.own + samples, snapshot });
}
