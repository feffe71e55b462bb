// The driver interface: what an experiment asks of a board, simulated or real. Time is the board's; a simulated one makes its own.

import type { Board } from './boards.js';
import type { Frame } from '../host/sources/slip.js';
import type { Recording } from './sensor.js';

/** Everything the world does to a board between switching it on and off. */
export interface Session {
  /** The recording that the sensor plays; null for a board that gets its samples over the link. */
  readonly recording: Recording | null;
  /** Bytes for the link, with the tick (20 ms since boot) at which their sending begins; ascending. */
  readonly messages: readonly { readonly tick: number; readonly bytes: Uint8Array }[];
  /** Ticks until it is switched off. */
  readonly ticks: number;
}

export interface Outcome {
  readonly end: 'off' | 'power cut' | 'fault' | 'trap';
  /** Frames that the board sent, in order. */
  readonly frames: readonly Frame[];
}

export interface Device {
  readonly board: Board;
  /** Cycles or instructions in one count of the costs that the board reports. */
  readonly countsEach: number;
  /** Switches the board on and lets it live through the session. Its flash keeps what it wrote. */
  play(session: Session, watch?: (frame: Frame) => void): Promise<Outcome>;
}
