/** The readout of a two-pass network (docs/two-pass.md) in float64, on samples themselves: what activities are worth is measured against it. */
export class LinearReadout {
  readonly weights: Float64Array; // [labels, inputs], then the biases [labels]
  readonly #logits: Float64Array;
  readonly #z: Float64Array;

  constructor(
    readonly inputs: number,
    readonly labels: number,
  ) {
    this.weights = new Float64Array(labels * (inputs + 1));
    this.#logits = new Float64Array(labels);
    this.#z = new Float64Array(inputs);
  }

  /** The sample is scaled to RMS 1, as activities are; the step is divided by (|z|^2 + n) / 2 = n. */
  learn(x: ArrayLike<number>, label: number, rate: number): void {
    const logits = this.#sense(x);
    const { weights, inputs, labels } = this;
    const top = Math.max(...logits);
    let sum = 0;
    for (let c = 0; c < labels; c++) sum += logits[c] = Math.exp(logits[c]! - top);
    for (let c = 0, at = 0; c < labels; c++) {
      const step = (rate / inputs) * ((c === label ? 1 : 0) - logits[c]! / sum);
      for (const z of this.#z) weights[at++]! += step * z;
      weights[labels * inputs + c]! += step;
    }
  }

  predict(x: ArrayLike<number>): number {
    const logits = this.#sense(x);
    return logits.indexOf(Math.max(...logits));
  }

  #sense(x: ArrayLike<number>): Float64Array {
    const { weights, inputs, labels } = this;
    let square = 0;
    for (let i = 0; i < inputs; i++) square += x[i]! * x[i]!;
    const scale = square > 0 ? 1 / Math.sqrt(square / inputs) : 0;
    for (let i = 0; i < inputs; i++) this.#z[i] = scale * x[i]!;
    for (let c = 0, at = 0; c < labels; c++) {
      let sum = weights[labels * inputs + c]!;
      for (const z of this.#z) sum += weights[at++]! * z;
      this.#logits[c] = sum;
    }
    return this.#logits;
  }
}
