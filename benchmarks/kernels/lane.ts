/** A learner of one build of the core, driven without a host in the way. */
import { configWords, resolveConfig, type LearnerConfig } from '../../host/config.js';
import { instantiate, type CoreExports } from '../../host/core.js';
import { generator } from '../../tests/random.js';

export const SAMPLES = 32;

export class Lane {
  private readonly core: CoreExports;
  private readonly rows: Int32Array[];
  private readonly input: Int32Array;
  private readonly labels: number;
  private next = 0;

  constructor(module: WebAssembly.Module, config: LearnerConfig, zeros: number) {
    const resolved = resolveConfig(config);
    this.core = instantiate(module, configWords(resolved));
    this.labels = resolved.labels.length;
    this.input = new Int32Array(this.core.memory.buffer, this.core.input(), resolved.inputs);
    const random = generator(1);
    this.rows = Array.from({ length: SAMPLES }, () => new Int32Array(Float32Array.from({ length: resolved.inputs }, () => (random() < zeros ? 0 : random() * 4 - 2)).buffer));
    // whole blocks are empty in an image, not single pixels
    if (zeros > 0) this.rows.forEach((row) => row.fill(0, 0, Math.floor((zeros * row.length) / 8) * 8));
  }

  learn(count: number): void {
    for (let k = 0; k < count; k++) {
      const s = this.next++ % SAMPLES;
      this.input.set(this.rows[s]!);
      this.core.learn((s * 7) % this.labels);
    }
  }

  predict(count: number): void {
    for (let k = 0; k < count; k++) {
      this.input.set(this.rows[k % SAMPLES]!);
      this.core.predict();
    }
  }

  state(): Uint8Array {
    return new Uint8Array(this.core.memory.buffer, this.core.arena(), this.core.stateBytes());
  }

  /** Milliseconds a step. */
  time(verb: 'learn' | 'predict', count: number): number {
    const start = performance.now();
    this[verb](count);
    return (performance.now() - start) / count;
  }

  /** A first estimate of it, warm. */
  pace(verb: 'learn' | 'predict'): number {
    for (let k = 0; k < 20; k++) this.time(verb, SAMPLES); // past the tier-up
    return this.time(verb, 2 * SAMPLES);
  }
}
