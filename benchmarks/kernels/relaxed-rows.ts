/** The plain core with 8-bit weights: build `relaxed` against `simd`. Runs in Node and in a page. */
import { dotsAtOnce } from '../../host/dots-at-once.js';
import { Lane, SAMPLES } from './lane.js';
import { agree, race, shapes } from './race.js';

export interface Row {
  shape: string;
  /** Relaxed over simd; a ratio below 1 is faster. */
  learn: number;
  predict: number;
  /** Microseconds. */
  simd: { learn: number; predict: number };
}

export function compareBuilds(simd: WebAssembly.Module, relaxed: WebAssembly.Module, rounds: number, sliceMs: number): { oneInstruction: boolean; rows: Row[] } {
  const rows = Object.entries(shapes).map(([shape, { config, zeros }]) => {
    const lanes = [new Lane(simd, { ...config, bits: 8 }, zeros), new Lane(relaxed, { ...config, bits: 8 }, zeros)] as const;
    for (const lane of lanes) lane.learn(4 * SAMPLES);
    const learn = race(lanes, 'learn', rounds, sliceMs);
    const predict = race(lanes, 'predict', rounds, sliceMs);
    if (!agree(lanes)) throw new Error(`${shape}: the builds have learned other bytes`);
    const ratio = ([own, other]: number[]): number => Number((other! / own!).toFixed(3));
    const micro = (ms: number): number => Number((1000 * ms).toPrecision(4));
    return { shape, learn: ratio(learn), predict: ratio(predict), simd: { learn: micro(learn[0]!), predict: micro(predict[0]!) } };
  });
  return { oneInstruction: dotsAtOnce(), rows };
}
