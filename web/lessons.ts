/** Samples that were taught, in their order: what the network was learned from, kept in the browser as they are recorded. */
import { words } from './words.js';

export interface Lesson {
  /** Place in the order, and key in the browser's database. */
  readonly key: number;
  label: string;
  readonly x: Float32Array;
}

/** Of one signal. Strips and projects of more are no use to anybody, and the browser's room is everybody's. */
const MOST = 5000;
const MOST_BYTES = 32 << 20;

const TABLE = 'lessons';

/** Key of the mark `anew` in the table; those of lessons are above it. */
const ANEW = 0;

/** Writes wait so many milliseconds for others: a recording at its fastest teaches thousands a second. */
const TOGETHER_MS = 100;

export class Lessons {
  readonly #database: IDBDatabase | undefined;
  readonly #complain: (error: Error) => void;
  #all: Lesson[] = [];
  #changed = new Set<Lesson>();
  #marked = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #writing: Promise<void> = Promise.resolve();
  #next = 1;
  #anew = false;
  /** Goes up with every change. */
  version = 0;

  private constructor(database: IDBDatabase | undefined, complain: (error: Error) => void) {
    this.#database = database;
    this.#complain = complain;
  }

  /** @param name of a database of its own; undefined: they are kept in this tab only */
  static async open(name: string | undefined, complain: (error: Error) => void): Promise<Lessons> {
    if (name === undefined) return new Lessons(undefined, complain);
    const request = indexedDB.open(name, 1);
    request.onupgradeneeded = () => request.result.createObjectStore(TABLE, { keyPath: 'key' });
    const lessons = new Lessons(await settled(request), complain);
    const kept = (await settled(lessons.#database!.transaction(TABLE).objectStore(TABLE).getAll())) as { key: number; label: string; x: Float32Array | Int16Array }[];
    lessons.#anew = kept[0]?.key === ANEW;
    if (lessons.#anew) kept.shift();
    lessons.#all = kept.map(({ key, label, x }) => ({ key, label, x: fromKept(x) }));
    lessons.#next = (kept.at(-1)?.key ?? 0) + 1;
    return lessons;
  }

  get all(): readonly Lesson[] {
    return this.#all;
  }

  /** The network that is kept beside them knows other samples: it is to learn anew. Kept with the change that it was set for, all or nothing. */
  get anew(): boolean {
    return this.#anew;
  }

  set anew(anew: boolean) {
    if (anew === this.#anew) return;
    this.#anew = anew;
    this.#marked = true;
    this.#write([]);
  }

  /** Of each label. */
  get counts(): ReadonlyMap<string, number> {
    const counts = new Map<string, number>();
    for (const { label } of this.#all) counts.set(label, (counts.get(label) ?? 0) + 1);
    return counts;
  }

  /** False where there is no room: it is not kept. */
  add(label: string, x: Float32Array): boolean {
    if (this.#all.length >= MOST || this.#all.length * x.byteLength >= MOST_BYTES) return false;
    const lesson = { key: this.#next++, label, x };
    this.#all.push(lesson);
    this.#write([lesson]);
    return true;
  }

  remove(gone: readonly Lesson[]): void {
    const set = new Set(gone);
    this.#all = this.#all.filter((lesson) => !set.has(lesson));
    this.#write(gone);
  }

  /** Back to their places. */
  restore(gone: readonly Lesson[]): void {
    this.#all = [...this.#all, ...gone].sort((a, b) => a.key - b.key);
    this.#write(gone);
  }

  rename(from: string, to: string): void {
    const renamed = this.#all.filter(({ label }) => label === from);
    for (const lesson of renamed) lesson.label = to;
    this.#write(renamed);
  }

  /** Done once all that changed is in the database. */
  flush(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const database = this.#database;
    const changed = [...this.#changed];
    if (database === undefined || (changed.length === 0 && !this.#marked)) return this.#writing;
    this.#changed.clear();
    const mark = this.#marked ? this.#anew : undefined;
    this.#marked = false;
    const here = new Set(this.#all);
    const puts = changed.filter((lesson) => here.has(lesson)).map(({ key, label, x }) => ({ key, label, x: toKept(x) }));
    const gone = changed.filter((lesson) => !here.has(lesson));
    this.#writing = this.#writing.then(
      () =>
        new Promise((done) => {
          const transaction = database.transaction(TABLE, 'readwrite');
          const table = transaction.objectStore(TABLE);
          for (const lesson of puts) table.put(lesson);
          for (const { key } of gone) table.delete(key);
          if (mark === true) table.put({ key: ANEW });
          if (mark === false) table.delete(ANEW);
          transaction.oncomplete = () => done();
          transaction.onabort = () => {
            this.#complain(new Error(words.lessons.notKept(transaction.error?.message ?? words.lessons.browserRefuses)));
            done();
          };
        }),
    );
    return this.#writing;
  }

  async close(): Promise<void> {
    await this.flush();
    this.#database?.close();
  }

  #write(changed: readonly Lesson[]): void {
    this.version++;
    for (const lesson of changed) this.#changed.add(lesson);
    this.#timer ??= setTimeout(() => void this.flush(), TOGETHER_MS);
  }
}

const FULL = 32768;

/** Sound comes in 16 bits (microphone.ts) and is kept in them: half the room. */
function toKept(x: Float32Array): Float32Array | Int16Array {
  if (x.length < 2000) return x;
  const short = Int16Array.from(x, (value) => value * FULL);
  return short.every((value, i) => value / FULL === x[i]) ? short : x;
}

const fromKept = (x: Float32Array | Int16Array): Float32Array => (x instanceof Float32Array ? x : Float32Array.from(x, (value) => value / FULL));

function settled<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}
