import type { Report } from './members.js';

/** Share of its samples that a canary may answer worse than with the model before: one of fifty is chance. */
const SLACK = 0.02;

/** A model on trial: who is to test it, and what they found. */
export class Trial {
  readonly #waiting: Set<string>;
  readonly #reports = new Map<string, Report>();
  #done: () => void = () => {};

  /** @param round that the model is of: a canary's report on an older one tells nothing of it */
  constructor(canaries: readonly string[], private readonly round: number) {
    this.#waiting = new Set(canaries);
  }

  take(device: string, report: Report): void {
    if (report.round !== this.round || !this.#waiting.delete(device)) return;
    this.#reports.set(device, report);
    if (this.#waiting.size === 0) this.#done();
  }

  /** Ends the waiting. */
  end(): void {
    this.#done();
  }

  /** Resolves when all have told, or after so many milliseconds. */
  async over(ms: number): Promise<{ passed: boolean; text: string }> {
    if (this.#waiting.size > 0) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, ms);
        this.#done = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
    const told = [...this.#reports.values()];
    const [samples, right, before] = (['samples', 'right', 'before'] as const).map((name) => told.reduce((sum, each) => sum + each[name], 0)) as [number, number, number];
    if (samples === 0) return { passed: false, text: 'no canary has tested it' };
    const text = `${right} of ${samples} samples of ${told.length} canaries right, ${before} with the model before it`;
    return { passed: right >= before - SLACK * samples, text };
  }
}
