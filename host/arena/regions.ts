/**
 * Contents of an arena, as a list: regions in the order in which they lie, each rows of columns of values. From it follow how many bytes a learner needs,
 * which state none can have reached, where the host finds a field, and what a fleet shares. FORMAT.md has the same in words, and the references in
 * tests/ write it once more by hand: they judge this.
 */

/** One value, little endian: its name in messages, and what it can be; without limits all that its bytes hold. */
export interface Field {
  readonly name: string;
  readonly bytes: number;
  /** Of a DataView, that reads it. */
  readonly method: 'getInt32';
  readonly low: number | undefined;
  readonly high: number | undefined;
  /** 0 may be there, too. */
  readonly orZero: boolean;
}

/** Values or records side by side: `count` that exist, of `of`. */
export interface Columns {
  readonly fields: readonly Field[];
  readonly count: number;
  readonly of: number;
}

export interface Region {
  /** Kind among a learner's bytes; `SCRATCH` ends the state. */
  readonly kind: string;
  /** In messages, before "with"; # stands for the number of the row. None: the field says it all. */
  readonly name?: string;
  /** Rows that exist, of how many; so many times over. Default 1. */
  readonly rows?: number;
  readonly ofRows?: number;
  readonly times?: number;
  readonly columns: readonly Columns[];
  /** Value of padding, where there is no such row or column: SIMD goes over those, too, and with other values the builds part ways. Default 0. */
  readonly fill?: number;
  /** A fleet shares it: its layer, and how many of the rows. */
  readonly layer?: number;
  readonly sharedRows?: number;
  /** Says what is wrong with an existing row whose values are all within their limits. */
  readonly check?: (view: DataView, at: number) => string | undefined;
}

export interface Placed extends Region {
  /** From the start of the arena. */
  readonly at: number;
  readonly bytes: number;
}

export interface Arena {
  /** Bytes of the core's static data in front of it, and what lies before them. */
  readonly tables: number;
  readonly regions: readonly Placed[];
  /** Says what is wrong between regions that are each in order. */
  readonly check?: (view: DataView) => string | undefined;
}

/** The kind that is not kept. */
export const SCRATCH = 'scratch';
const PAGE_BYTES = 65536;

export const to = (multiple: number) => (count: number) => Math.ceil(count / multiple) * multiple;
export const to4 = to(4);
export const to8 = to(8);
export const to16 = to(16);

/**
 * Fields from a table, one a line: name, format (i8 to u64), and the least and the greatest that it can be; a ? behind the format lets 0 be, too.
 * @param limits of some fields in place of those of the table
 */
export function record(table: string, limits: Readonly<Record<string, readonly [low: number, high: number]>> = {}): Field[] {
  return [...table.matchAll(/(\S.*?) ([iu])(\d+)(\??) ?(\S*) ?(.*)/g)].map(([, name, kind, bits, orZero, least, most]) => {
    const [low, high] = limits[name!] ?? (least ? [Number(least), Number(most)] : []);
    const method = `get${bits === '64' ? 'Big' : ''}${kind === 'u' ? 'Uint' : 'Int'}${bits}` as 'getInt32';
    return { name: name!, bytes: Number(bits) / 8, method, low, high, orZero: orZero !== '' };
  });
}

export const sizeOf = (fields: readonly Field[]): number => fields.reduce((sum, { bytes }) => sum + bytes, 0);

/** Bytes from the start of a record to each of its fields. */
export function offsetsOf(fields: readonly Field[]): Record<string, number> {
  let at = 0;
  return Object.fromEntries(fields.map(({ name, bytes }) => [name, (at += bytes) - bytes]));
}

/** From one row to the next. */
const pitchOf = ({ columns }: Region): number => columns.reduce((sum, { fields, of }) => sum + of * sizeOf(fields), 0);

/** Each from a multiple of 16 bytes on, with zeros in between. */
export function place(regions: readonly Region[]): Placed[] {
  let at = 0;
  return regions.map((region) => {
    const { rows = 1, ofRows = rows, times = 1 } = region;
    const placed = { ...region, at, bytes: to16(times * ofRows * pitchOf(region)) };
    at += placed.bytes;
    return placed;
  });
}

/** Sums behind a plan's bytes by kind. */
export interface PlanTotals {
  /** Sum of all kinds. */
  arena: number;
  /** Configuration block and constant tables in front of the arena. */
  tables: number;
  /** Memory that a wasm instance commits: whole pages of 64 KiB. Small learners of one configuration share four instances; beside them each takes its state, `arena` less `scratch`. A microcontroller does without. */
  page: number;
}

/** Bytes by kind, in the order of `kinds`, and their sums; 0 for a kind without a region. */
export function planOf<Kind extends string>({ regions, tables }: Arena, kinds: readonly Kind[]): Record<Kind, number> & PlanTotals {
  const plan = Object.fromEntries(kinds.map((kind) => [kind, 0])) as Record<string, number>;
  for (const { kind, bytes } of regions) plan[kind]! += bytes;
  const arena = regions.reduce((sum, { bytes }) => sum + bytes, 0);
  return { ...plan, arena, tables, page: to(PAGE_BYTES)(tables + arena) } as Record<Kind, number> & PlanTotals;
}

/** Leading bytes of the arena that a snapshot keeps. */
export const stateBytesOf = ({ regions }: Arena): number => regions.find(({ kind }) => kind === SCRATCH)!.at;

/**
 * Says what is wrong with a state that no learner leaves; undefined if nothing is. A snapshot whose checksum fits may still have been made by a
 * broken writer or an enemy, and the core takes its state as it is.
 * @param state of the length that the arena's state has
 */
export function faultOf({ regions, check }: Arena, state: Uint8Array): string | undefined {
  const view = new DataView(state.buffer, state.byteOffset, state.length);
  for (const region of regions) {
    if (region.kind === SCRATCH) break;
    const fault = faultIn(region, view);
    if (fault !== undefined) return fault;
  }
  return check?.(view);
}

/** The same of one region, wherever it lies. */
export function faultIn(region: Placed, view: DataView): string | undefined {
  const { name, rows = 1, ofRows = rows, times = 1, columns, fill = 0, check } = region;
  let at = region.at;
  for (let row = 0; row < times * ofRows; row++) {
    const start = at;
    const isThere = row % ofRows < rows;
    const named = (fault: string): string => (name === undefined ? fault : `${name.replace('#', String(row))} with ${fault}`);
    for (const { fields, count, of } of columns) {
      const size = sizeOf(fields);
      // values without limits are not read: weights of 32 MB load at once
      const first = isThere && fields.every(({ low, high }) => low === undefined && high === undefined) ? count : 0;
      at += first * size;
      for (let column = first; column < of; column++) {
        for (const field of fields) {
          const { bytes, method, low = -Infinity, high = Infinity, orZero } = field;
          const value = Number(view[method](at, true));
          if (isThere && column < count) {
            if ((value < low || value > high) && !(orZero && value === 0)) return named(`${field.name} ${value}, expected ${low}${low === high ? '' : ` to ${high}`}`);
          } else if (value !== fill) return named(`${field.name} ${value}`);
          at += bytes;
        }
      }
    }
    const fault = isThere ? check?.(view, start) : undefined;
    if (fault !== undefined) return named(fault);
  }
  for (const end = region.at + region.bytes; at < end; at++) if (view.getUint8(at) !== 0) return `${region.kind} behind the last`;
  return undefined;
}

/** Every stretch of bytes that a fleet shares, in the order of the regions. */
export function* sharedOf(regions: readonly Placed[]): Generator<{ at: number; length: number }> {
  for (const region of regions) {
    const { at, columns, sharedRows = 0 } = region;
    const pitch = pitchOf(region);
    for (let row = 0; row < sharedRows; row++) {
      let from = at + row * pitch;
      for (const { fields, count, of } of columns) {
        yield { at: from, length: count * sizeOf(fields) };
        from += of * sizeOf(fields);
      }
    }
  }
}
