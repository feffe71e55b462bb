import { closeSync, openSync, writeFileSync } from 'node:fs';
import type { Prediction } from '../host/index.js';
import type { Sample } from '../host/sources/sample.js';
import { familiarFigure } from './learner-options.js';

/** Lines that are gathered before they are written. */
const LOT = 1000;

/** The answer to every row of a file, in the words of `predict` and of the live commands: `label` is the answer, `y` the label that the row has, `t` its time. */
export class PredictionFile {
  readonly #file: number | undefined;
  readonly #timed: boolean;
  #lines: string[] = [];
  #n = 0;

  /** @param path undefined: nothing is written */
  constructor(path: string | undefined, timed: boolean) {
    this.#timed = timed;
    if (path === undefined) return;
    this.#file = openSync(path, 'w');
    this.#lines.push(`row,set,${timed ? 't,' : ''}y,label,probability,margin,familiar,correct`);
  }

  /** @param set was it learned after it was answered, or is it one of a test? */
  add(set: 'learned' | 'tested', sample: Sample & { row?: number }, { label, probability, margin, familiar }: Prediction): void {
    if (this.#file === undefined) return;
    this.#n++;
    const { y, t, row = this.#n } = sample;
    this.#lines.push([row, set, ...(this.#timed ? [t ?? ''] : []), cell(y ?? ''), cell(label ?? ''), short(probability), short(margin), familiarFigure(familiar) ?? '', y === undefined ? '' : Number(label === y)].join(','));
    if (this.#lines.length >= LOT) this.#write();
  }

  close(): void {
    if (this.#file === undefined) return;
    this.#write();
    closeSync(this.#file);
  }

  #write(): void {
    writeFileSync(this.#file!, `${this.#lines.join('\n')}\n`);
    this.#lines = [];
  }
}

function cell(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function short(value: number): string {
  return String(Number(value.toFixed(4)));
}
