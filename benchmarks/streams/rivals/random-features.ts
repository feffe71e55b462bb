/**
 * An "extreme learning machine": recursive least squares on the inputs and random ReLUs of them, which are never trained. Inputs are standardised online
 * and clipped at 5; a ReLU's weights are normal, over the root of the inputs, its bias normal.
 */
import { Ridge } from '../../everyday/rivals/ridge.js';
import { Random } from '../../rivals/random.js';
import { Standardiser } from '../../rivals/standardiser.js';
import type { Contestant } from '../../everyday/script.js';

const CLIP = 5;

export class RandomFeatures implements Contestant {
  private readonly weights: Float64Array; // [units, inputs + 1]
  private readonly features: Float32Array; // [inputs + units]
  private readonly standardiser: Standardiser;
  private readonly readout: Ridge;

  constructor(private readonly inputs: number, private readonly units: number, ridge: number, keeps: number, seed: number) {
    this.weights = new Random(seed).normals(units * (inputs + 1), 1);
    this.features = new Float32Array(inputs + units);
    this.standardiser = new Standardiser(inputs, CLIP);
    this.readout = new Ridge(inputs + units, ridge, keeps);
  }

  teach(x: Float32Array, label: number): void {
    this.standardiser.observe(x);
    this.readout.teach(this.sense(x), label);
  }

  answer(x: Float32Array): number {
    return this.readout.answer(this.sense(x));
  }

  /** Those of the readout; the random weights come from a seed. */
  bytes(): number {
    return this.readout.bytes() + 8 * this.inputs;
  }

  private sense(x: Float32Array): Float32Array {
    const { inputs, units, weights, features } = this;
    const z = this.standardiser.standardise(x);
    features.set(z);
    const root = Math.sqrt(inputs);
    for (let j = 0, at = 0; j < units; j++) {
      let sum = 0;
      for (let i = 0; i < inputs; i++) sum += weights[at++] * z[i];
      features[inputs + j] = Math.max(0, sum / root + weights[at++]);
    }
    return features;
  }
}
