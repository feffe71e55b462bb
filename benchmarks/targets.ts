/** What the project set out to reach against its peers, and what the result files say was reached. */
import { existsSync, readFileSync } from 'node:fs';

export interface Target {
  task: string;
  against: string;
  target: string;
  measured: number | undefined; // as a ratio; undefined where the file or the peer is missing
  met: boolean | undefined;
}

interface PeerRow {
  task: string;
  peer: string;
  learnedPerSecond: number;
  bytes: number;
}

/** Smallest peer known on task A, built from source aside (GiorgosXou/NeuralNetworks): bytes of net and training state. */
const SMALLEST_A = 7584;
const OWN = ['onward simd int8', 'onward simd int16'];

export function resultOf<T>(name: string): T | undefined {
  const path = new URL(`results/${name}.json`, import.meta.url);
  return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as T) : undefined;
}

export function targets(): Target[] {
  const rows = resultOf<{ results: PeerRow[] }>('peers')?.results ?? [];
  const scale = resultOf<{ exponents: Record<string, number>; cold: { name: string; learned: number }[] }>('scale');
  const native = resultOf<{ steps: { shape: string; bits: number; ratio: number }[] }>('native-step');
  const find = (task: string, peer: string): PeerRow | undefined => rows.find((row) => row.task === task && row.peer === peer);
  /** Learned samples per second of our slower width of weights over the faster of the peers. */
  const faster = (task: string, peers: string[]): number | undefined => {
    const rivals = peers.flatMap((peer) => find(task, peer)?.learnedPerSecond ?? []);
    const own = OWN.flatMap((peer) => find(task, peer)?.learnedPerSecond ?? []);
    return rivals.length > 0 && own.length > 0 ? Math.min(...own) / Math.max(...rivals) : undefined;
  };
  const bytes = (peer: string): number | undefined => {
    const row = find('A', peer);
    return row && row.bytes / SMALLEST_A;
  };
  const [own, rival] = ['onward', 'tfjs 4.22.0 cpu'].map((name) => scale?.cold.find((line) => line.name === name)?.learned);
  const atLeast = (task: string, against: string, bound: number, measured: number | undefined): Target => ({
    task, against, target: `at least ${bound}`, measured, met: measured === undefined ? undefined : measured >= bound,
  });
  const atMost = (task: string, against: string, bound: number, measured: number | undefined): Target => ({
    task, against, target: `at most ${bound}`, measured, met: measured === undefined ? undefined : measured <= bound,
  });
  const backprop = 'C float32, backprop';
  const skipping = 'C float32, backprop, confident samples skipped';
  const tfjs = ['tfjs 4.22.0 cpu', 'tfjs 4.22.0 wasm'];
  return [
    atLeast('A, learned per second', 'FANN', 3, faster('A', ['FANN 2.2'])),
    atLeast('B, learned per second', 'FANN', 6, faster('B', ['FANN 2.2'])),
    atLeast('B, learned per second', backprop, 1, faster('B', [backprop])),
    atLeast('B, learned per second', skipping, 1, faster('B', [skipping])),
    atLeast('C, learned per second', backprop, 1.2, faster('C', [backprop])),
    atLeast('C, learned per second', skipping, 1.2, faster('C', [skipping])),
    atLeast('A, learned per second', 'brain.js', 40, faster('A', ['brain.js 1.6.1'])),
    atLeast('B, learned per second', 'brain.js', 40, faster('B', ['brain.js 1.6.1'])),
    atLeast('A, learned per second', 'tfjs, better backend', 100, faster('A', tfjs)),
    atLeast('B, learned per second', 'tfjs, better backend', 100, faster('B', tfjs)),
    ...(native?.steps ?? [{ shape: '64x64', bits: 16, ratio: undefined }]).map(({ shape, bits, ratio }) => atMost(`step time, ${shape} int${bits}`, 'the same integer step in C, 128-bit vectors', 1.1, ratio)),
    atMost('A, bytes, int16', `the smallest peer (${SMALLEST_A} B)`, 0.68, bytes('onward simd int16')),
    atMost('A, bytes, int8', `the smallest peer (${SMALLEST_A} B)`, 0.48, bytes('onward simd int8')),
    atLeast('first learned sample after import', 'tfjs cpu', 20, own !== undefined && rival !== undefined ? rival / own : undefined),
    atMost('time against weights, exponent, int8', '', 1.05, scale?.exponents.int8),
    atMost('time against weights, exponent, int16', '', 1.05, scale?.exponents.int16),
  ];
}
