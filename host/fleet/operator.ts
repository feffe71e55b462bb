import { checkSegment } from './topics.js';

/** What an operator asks of an aggregator, over the topic `operator` or in its program. */
export type OperatorRequest =
  | { id: string; do: 'rollback'; round: number }
  | { id: string; do: 'expel' | 'readmit'; device: string }
  | { id: string; do: 'canary'; devices: string[] };

/** And what came of it. */
export interface OperatorAnswer {
  id: string;
  ok: boolean;
  text: string;
}

const MOST_CANARIES = 100;

/** What a request says, if it is in order: it comes from outside. */
export function operatorRequest(payload: Uint8Array): OperatorRequest | undefined {
  if (payload.length > 8192) return undefined;
  try {
    const { id, do: what, round, device, devices } = JSON.parse(new TextDecoder().decode(payload)) as Record<string, unknown>;
    checkSegment('id', id as string);
    const named = (name: unknown): string => {
      checkSegment('device', name as string);
      return name as string;
    };
    if (what === 'rollback' && Number.isSafeInteger(round)) return { id: id as string, do: what, round: round as number };
    if (what === 'expel' || what === 'readmit') return { id: id as string, do: what, device: named(device) };
    if (what === 'canary' && Array.isArray(devices) && devices.length <= MOST_CANARIES) return { id: id as string, do: what, devices: devices.map(named) };
  } catch {
    // as good as none
  }
  return undefined;
}

/** What an operator has decided, and an aggregator must not forget. */
export interface OperatorNotes {
  expelled: string[];
  canaries: string[];
}

/** A place for an operator's decisions: one text. */
export interface NoteStore {
  /** The text that was saved last; undefined where none was. */
  load(): Promise<string | undefined>;
  /** Keeps a text in place of the last one: whole, or not at all. */
  save(text: string): Promise<void>;
}

/** @throws RangeError for a text that is none of these notes: a device that was expelled must not come back because a file was damaged */
export function notesOf(text: string | undefined): OperatorNotes {
  if (text === undefined) return { expelled: [], canaries: [] };
  try {
    const { expelled, canaries } = JSON.parse(text) as OperatorNotes;
    for (const name of [...expelled, ...canaries]) checkSegment('device', name);
    return { expelled: [...expelled], canaries: [...canaries] };
  } catch (cause) {
    throw new RangeError('notes: not what an aggregator kept of its operator (who is expelled, who is a canary): mend the text, or delete it and expel anew', { cause });
  }
}
