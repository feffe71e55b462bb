import { checkSegment } from './topics.js';

/** The requests of an operator to an aggregator, over the topic `operator` or in its program. */
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

/** The contents of a request, if it is in order: it comes from outside. */
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

/** The requests that an operator can make. */
export interface Operated {
  counts(): { round: number };
  rollback(round: number): Promise<void>;
  expel(device: string): Promise<void>;
  readmit(device: string): Promise<void>;
  canary(devices: readonly string[]): Promise<void>;
}

/** Does what a request asks for, and says in words what came of it. */
export async function operated(fleet: Operated, request: OperatorRequest): Promise<OperatorAnswer> {
  const { id } = request;
  try {
    if (request.do === 'rollback') {
      await fleet.rollback(request.round);
      return { id, ok: true, text: `round ${fleet.counts().round} begins with the model of round ${request.round}` };
    }
    if (request.do === 'canary') {
      await fleet.canary(request.devices);
      return { id, ok: true, text: `canaries: ${request.devices.join(', ') || 'none'}` };
    }
    await fleet[request.do](request.device);
    return { id, ok: true, text: `${request.device} is ${request.do === 'expel' ? 'expelled' : 'readmitted'}` };
  } catch (error) {
    return { id, ok: false, text: (error as Error).message };
  }
}
