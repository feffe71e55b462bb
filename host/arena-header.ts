import { HEADER_AT, LABEL_AT, LABEL_BYTES, MEMORY_AT, MEMORY_BYTES } from './arena/learner.js';
import type { CoreExports } from './core.js';

/** The few fields of the core's state that the host reads or sets, where they lie in its memory. */
export class ArenaHeader {
  readonly #header: DataView;
  /** Undefined in the plain core, which remembers nothing. */
  readonly #memory: DataView | undefined;

  constructor(core: CoreExports) {
    this.#header = new DataView(core.memory.buffer, core.arena());
    this.#memory = core.memoryState && new DataView(core.memory.buffer, core.memoryState());
  }

  /** Samples learned. */
  get seen(): number {
    return Number(this.#header.getBigUint64(HEADER_AT.seen!, true));
  }

  /** Layer updates done. */
  get updates(): number {
    return Number(this.#header.getBigUint64(HEADER_AT.updates!, true));
  }

  /** Exemplars stored now. */
  get stored(): number {
    return this.#memory?.getInt32(MEMORY_AT.stored!, true) ?? 0;
  }

  /** Of the stored exemplars, those that are worth rehearsing: all of labels that did not come lately, and of the others the share that helps. */
  get worthRehearsing(): number {
    const memory = this.#memory;
    if (memory === undefined || this.stored === 0) return 0;
    const labels = this.#header.getInt32(HEADER_AT['labels in use']!, true);
    const moment = this.seen + 1;
    const share = memory.getUint16(MEMORY_AT.share!, true) / 65535;
    let worth = 0;
    for (let c = 0; c < labels; c++) {
      const at = MEMORY_BYTES + c * LABEL_BYTES;
      const cameLately = (moment - memory.getUint32(at + LABEL_AT.last!, true)) >>> 0 <= Math.max(32, 3 * labels); // as for the core's replays
      worth += memory.getUint16(at + LABEL_AT.kept!, true) * (cameLately ? share : 1);
    }
    return Math.round(worth);
  }

  /** Drift alarms so far. */
  get alarms(): number {
    return this.#memory?.getUint32(MEMORY_AT.alarms!, true) ?? 0;
  }

  /** `seen` at the last alarm. */
  get lastAlarm(): number {
    return this.#memory?.getUint32(MEMORY_AT['last alarm']!, true) ?? 0;
  }

  /** eta, Q16. */
  get rate(): number {
    return this.#header.getInt32(HEADER_AT.rate!, true);
  }

  /** @param rate eta, Q16 */
  setRate(rate: number): void {
    this.#header.setInt32(HEADER_AT.rate!, rate, true);
  }

  /** How many columns of labels are in use; the core starts with all. */
  setLabels(count: number): void {
    this.#header.setInt32(HEADER_AT['labels in use']!, count, true);
  }
}
