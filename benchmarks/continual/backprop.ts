/**
 * Backpropagation with the memory that onward has: a perceptron of the same widths (its input not repeated in the second layer), the same store,
 * six replays with half of the new sample's residual, the same window of labels in play, the same slow standardiser, the same sleep. Exemplars of
 * readings are kept as floats, which favours it; those of images on onward's grid.
 */
import { Random } from '../rivals/random.js';
import { Standardiser } from '../rivals/standardiser.js';
import { Exemplars } from './exemplars.js';
import type { ContinualLearner, Shape } from './learner.js';
import { SparseMlp } from './sparse-mlp.js';

const REPLAYS = 6;
const RESIDUAL = 0.5;
const IN_PLAY = 100; // a new sample competes only with labels that came within so many new samples
const CLIP = 5;
const SLOWEST = { withStore: 0.0001, alone: 0.001 }; // rate of the standardiser: slow where raw exemplars must stay comparable
const PIXEL_RANGE = 255;

export class ReplayBackprop implements ContinualLearner {
  private readonly mlp: SparseMlp;
  private readonly random: Random;
  private readonly memory: Exemplars;
  private readonly standardiser: Standardiser | undefined;
  private readonly mixed: Float64Array; // a replayed sample in raw units
  private readonly scaled: Float64Array;
  private readonly lastSeen: Float64Array; // by label: number of the new sample that had it
  private seen = 0;

  constructor(
    private readonly shape: Shape,
    seed: number,
    private readonly rate: number,
    private readonly budget: number,
    bits = 8,
  ) {
    const { inputs, labels, units, inputScale } = shape;
    this.mlp = new SparseMlp(inputs, units, labels, seed, rate);
    this.random = new Random(seed + 1000);
    this.memory = new Exemplars(budget, this.random, inputScale === undefined ? 0 : PIXEL_RANGE / (2 ** bits - 1));
    this.standardiser = inputScale === undefined ? new Standardiser(inputs, CLIP, budget > 0 ? SLOWEST.withStore : SLOWEST.alone) : undefined;
    this.mixed = new Float64Array(inputs);
    this.scaled = new Float64Array(inputs);
    this.lastSeen = new Float64Array(labels).fill(-Infinity);
  }

  learn(x: Float32Array, y: number): void {
    const { memory, mixed, lastSeen } = this;
    this.standardiser?.observe(x);
    lastSeen[y] = ++this.seen;
    this.step(x, y, this.budget > 0 ? this.seen - IN_PLAY : 0);
    const near = memory.nearest(x, y, this.standardiser?.variance);
    for (let k = 0; k < REPLAYS && memory.stored.length > 0; k++) {
      const old = memory.draw();
      for (let i = 0; i < mixed.length; i++) mixed[i] = old.x[i] + (near ? RESIDUAL * (x[i] - near[i]) : 0);
      this.step(mixed, old.y, 0);
    }
    if (this.budget > 0) memory.add(x, y);
  }

  predict(x: Float32Array): number {
    const p = this.mlp.forward(this.input(x));
    let best = -1;
    for (let c = 0; c < p.length; c++) if (this.lastSeen[c] > 0 && (best < 0 || p[c] > p[best])) best = c;
    return best;
  }

  /** Ten draws for every exemplar, without the residual, the rate falling to a tenth. */
  sleep(): void {
    const draws = 10 * this.memory.stored.length;
    for (let k = 0; k < draws; k++) {
      this.mlp.rate = this.rate * (1 - (0.9 * k) / draws);
      const { x, y } = this.memory.draw();
      this.step(x, y, 0);
    }
    this.mlp.rate = this.rate;
  }

  /** One step against the gradient, over the labels that came after `since`: the others' probability is zero, and so is their error. */
  private step(x: ArrayLike<number>, y: number, since: number): void {
    const z = this.input(x);
    const p = this.mlp.forward(z);
    let sum = 0;
    for (let c = 0; c < p.length; c++) sum += p[c] = this.lastSeen[c] > since ? p[c] : 0;
    for (let c = 0; c < p.length; c++) p[c] = sum > 0 ? p[c] / sum : 0;
    this.mlp.backward(z, y);
  }

  private input(x: ArrayLike<number>): Float64Array {
    if (this.standardiser) return this.standardiser.standardise(x);
    for (let i = 0; i < this.scaled.length; i++) this.scaled[i] = x[i] * this.shape.inputScale!;
    return this.scaled;
  }
}
