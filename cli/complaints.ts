/** Messages on stderr about what is refused: a broken sensor must not fill the journal, and must not hide what else is wrong. */
import { count } from './terminal.js';

/** Of each kind one line in so many milliseconds. */
const PAUSE_MS = 10_000;
/** Kinds are others' text: beyond so many they share one line. */
const MOST_KINDS = 50;

export class Complaints {
  /** All that were counted. */
  count = 0;
  readonly #say: (text: string) => void;
  readonly #kinds = new Map<string, { toldAt: number; untold: number; last: string }>();

  constructor(say: (text: string) => void) {
    this.#say = say;
  }

  add(text: string): void {
    this.count++;
    this.tell(text);
  }

  readonly take = (error: Error, from: string): void => this.add(`${from}: ${error.message}`);

  /** The same without counting. */
  tell(text: string): void {
    let name = kindOf(text);
    if (!this.#kinds.has(name) && this.#kinds.size >= MOST_KINDS) name = '';
    const kind = this.#kinds.get(name) ?? { toldAt: -Infinity, untold: 0, last: '' };
    this.#kinds.set(name, kind);
    kind.untold++;
    kind.last = text;
    if (performance.now() - kind.toldAt >= PAUSE_MS) this.#tell(kind);
  }

  /** Those that are still untold, at the end. */
  rest(): void {
    for (const kind of this.#kinds.values()) if (kind.untold > 0) this.#tell(kind);
  }

  #tell(kind: { toldAt: number; untold: number; last: string }): void {
    this.#say(`${kind.last}${kind.untold > 1 ? ` (${count(kind.untold)} such since the last such line)` : ''}`);
    kind.untold = 0;
    kind.toldAt = performance.now();
  }
}

/** Two complaints are of one kind where only names and numbers in them differ. */
function kindOf(text: string): string {
  return text.replace(/"(?:[^"\\]|\\.)*"|'[^']*'/g, '""').replace(/\d+(\.\d+)?/g, '0').slice(0, 120);
}
