/** Stands in for host/stores/fault.ts: the page keeps networks with labels, and nothing else. */
import { decodeSnapshot } from '../host/snapshot.js';

export function snapshotFault(bytes: Uint8Array): string | undefined {
  try {
    return void decodeSnapshot(bytes);
  } catch (error) {
    return (error as Error).message;
  }
}
