import type { ResolvedConfig } from '../config.js';
import { packedLayout, type PackedRun } from '../parameters.js';
import { owned } from '../bytes.js';
import { limitOf, valuesOf } from './average.js';

/**
 * The body of an update that fits one frame of a small radio: signs of the largest changes, and for each tensor one size. What it leaves out stays the device's own, on
 * top of every model that comes, and is among the largest another time (error feedback: Karimireddy et al. 2019, arXiv 1901.09847).
 *
 *   u8 k | u16 changes | for each tensor u8 size, log2 in eighths | for each change: its distance from the one before, Rice coded with k bits, then its sign; bits from the lowest on
 */
const HEADER_BYTES = 3;
/** A LoRaWAN frame of 222 bytes, less the header of a message. */
export const FEW_BYTES = 190;

interface Change {
  /** Among all values of all tensors. */
  at: number;
  run: number;
  negative: boolean;
}

/** @returns the body, and `base` with what it says: what of `now` differs from that has not been sent */
export function encodeFew(config: ResolvedConfig, base: Uint8Array, now: Uint8Array, room: number): { body: Uint8Array; parameters: Uint8Array } {
  const { runs } = packedLayout(config);
  const all: (Change & { size: number; weight: number })[] = [];
  let start = 0;
  runs.forEach((run, r) => {
    const [before, after] = [valuesOf(base, run), valuesOf(now, run)];
    let squares = 0;
    before.forEach((value, i) => (squares += (after[i]! - value) ** 2));
    const usual = Math.sqrt(squares / run.count) || 1;
    for (let i = 0; i < run.count; i++) {
      const change = after[i]! - before[i]!;
      if (change !== 0) all.push({ at: start + i, run: r, negative: change < 0, size: Math.abs(change), weight: Math.abs(change) / usual });
    }
    start += run.count;
  });
  all.sort((a, b) => b.weight - a.weight || a.at - b.at);
  let [low, high] = [0, Math.min(all.length, 65535)];
  let body = bodyOf([], runs, 0)!;
  while (low < high) {
    const most = (low + high + 1) >> 1;
    const tried = bodyOf(all.slice(0, most), runs, room);
    if (tried === undefined) high = most - 1;
    else [low, body] = [most, tried];
  }
  return { body, parameters: withFew(config, base, body)! };
}

/** `base` with the changes of a body; undefined for what is none. It comes from outside. */
export function withFew(config: ResolvedConfig, base: Uint8Array, body: Uint8Array): Uint8Array | undefined {
  const { runs } = packedLayout(config);
  const bits = HEADER_BYTES + runs.length;
  if (body.length < bits) return undefined;
  const [k, count] = [body[0]!, body[1]! | (body[2]! << 8)];
  if (k > 20) return undefined;
  let bit = 8 * bits;
  const end = 8 * body.length;
  const take = (): number => (bit < end ? (body[bit >> 3]! >> (bit++ & 7)) & 1 : NaN);
  const parameters = owned(base);
  const tensors = runs.map((run) => valuesOf(base, run));
  let [at, run, start] = [-1, 0, 0];
  for (let c = 0; c < count; c++) {
    let gap = 0;
    while (take() === 1) gap += 1 << k;
    for (let b = 0; b < k; b++) gap += take() << b;
    const negative = take();
    if (!(bit <= end) || Number.isNaN(negative)) return undefined;
    at += gap + 1;
    while (run < runs.length && at >= start + runs[run]!.count) start += runs[run++]!.count;
    if (run === runs.length) return undefined;
    const size = sizeOf(body[HEADER_BYTES + run]!);
    const limit = limitOf(runs[run]!);
    const values = tensors[run]!;
    values[at - start] = Math.max(-limit, Math.min(limit, values[at - start]! + (negative === 1 ? -size : size)));
  }
  if (end - bit > 7 || (body.at(-1)! >> (bit & 7) !== 0 && (bit & 7) !== 0)) return undefined;
  tensors.forEach((values, r) => parameters.set(new Uint8Array(values.buffer), runs[r]!.at));
  return parameters;
}

/** 2^(k / 8) in Q16: what two engines make of a power need not be the same to the last bit. */
const EIGHTHS = [65536, 71468, 77936, 84990, 92682, 101070, 110218, 120194];
/** Sizes in eighths of an octave: up to 2^31. */
const sizeOf = (code: number): number => Math.max(1, Math.floor((EIGHTHS[code & 7]! * 2 ** (code >> 3)) / 65536 + 0.5));

/** Undefined where it does not fit. */
function bodyOf(chosen: readonly (Change & { size: number })[], runs: readonly PackedRun[], room: number): Uint8Array | undefined {
  const changes = [...chosen].sort((a, b) => a.at - b.at);
  const total = runs.reduce((sum, { count }) => sum + count, 0);
  // gaps are about geometric: log2 of 0.7 times their mean (Golomb 1966)
  const k = Math.max(0, Math.round(Math.log2(Math.max(1, (0.69 * total) / Math.max(1, changes.length)))));
  const bits: number[] = [];
  let before = -1;
  for (const { at, negative } of changes) {
    const gap = at - before - 1;
    for (let q = gap >> k; q > 0; q--) bits.push(1);
    bits.push(0);
    for (let b = 0; b < k; b++) bits.push((gap >> b) & 1);
    bits.push(negative ? 1 : 0);
    before = at;
  }
  const bytes = HEADER_BYTES + runs.length + Math.ceil(bits.length / 8);
  if (changes.length > 0 && bytes > room) return undefined;
  const body = new Uint8Array(bytes);
  body.set([k, changes.length & 255, changes.length >> 8]);
  runs.forEach((_, r) => {
    const own = changes.filter(({ run }) => run === r);
    const mean = own.reduce((sum, { size }) => sum + size, 0) / Math.max(1, own.length);
    body[HEADER_BYTES + r] = own.length === 0 ? 0 : Math.max(0, Math.min(248, Math.round(8 * Math.log2(mean))));
  });
  bits.forEach((bit, i) => (body[HEADER_BYTES + runs.length + (i >> 3)]! |= bit << (i & 7)));
  return body;
}
