import type { CoreExports } from './core.js';

/** Byte offsets in the arena's header (assembly/layout.ts) ... */
const SEEN = 0;
const UPDATES = 8;
const RATE = 20;
const LABELS = 28;
/** ... and in the memory's first region (assembly/continual/memory.ts). */
const STORED = 12;
const ALARMS = 56;
const LAST_ALARM = 60;
const SHARE = 66;
/** ... and in what is remembered of each label, which follows it. */
const LABEL_MEMORIES = 112;
const LABEL_BYTES = 16;
const LAST = 4;
const KEPT = 10;

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
    return Number(this.#header.getBigUint64(SEEN, true));
  }

  /** Layer updates done. */
  get updates(): number {
    return Number(this.#header.getBigUint64(UPDATES, true));
  }

  /** Exemplars stored now. */
  get stored(): number {
    return this.#memory?.getInt32(STORED, true) ?? 0;
  }

  /** Of the stored exemplars, those that are worth rehearsing: all of labels that did not come lately, and of the others the share that helps. */
  get worthRehearsing(): number {
    const memory = this.#memory;
    if (memory === undefined || this.stored === 0) return 0;
    const labels = this.#header.getInt32(LABELS, true);
    const moment = this.seen + 1;
    const share = memory.getUint16(SHARE, true) / 65535;
    let worth = 0;
    for (let c = 0; c < labels; c++) {
      const at = LABEL_MEMORIES + c * LABEL_BYTES;
      const cameLately = (moment - memory.getUint32(at + LAST, true)) >>> 0 <= Math.max(32, 3 * labels); // as for the core's replays
      worth += memory.getUint16(at + KEPT, true) * (cameLately ? share : 1);
    }
    return Math.round(worth);
  }

  /** Drift alarms so far. */
  get alarms(): number {
    return this.#memory?.getUint32(ALARMS, true) ?? 0;
  }

  /** `seen` at the last alarm. */
  get lastAlarm(): number {
    return this.#memory?.getUint32(LAST_ALARM, true) ?? 0;
  }

  /** eta, Q16. */
  get rate(): number {
    return this.#header.getInt32(RATE, true);
  }

  /** @param rate eta, Q16 */
  setRate(rate: number): void {
    this.#header.setInt32(RATE, rate, true);
  }

  /** How many columns of labels are in use; the core starts with all. */
  setLabels(count: number): void {
    this.#header.setInt32(LABELS, count, true);
  }
}
