/**
 * The rate that finds itself, for one layer, in float. A layer's update is the rank-1 matrix r z'; low-passed copies of r and z tell
 * whether it agrees with the recent past. Agreement raises the layer's log rate by 1/256, disagreement lowers it, within [0.4, 2.5] times
 * the base rate; a start boost (x2, fading in 256 samples) comes on top. Rule 1's layers and backprop's are both rank-1: both may use it.
 */
export class FoundRate {
  private readonly rbar: Float64Array; // [units]
  private readonly zbar: Float64Array; // [inputs of the layer]
  private log = 0;

  constructor(units: number, inputs: number) {
    this.rbar = new Float64Array(units);
    this.zbar = new Float64Array(inputs);
  }

  /** The multiplier learned so far, without the start boost. */
  get multiplier(): number {
    return Math.exp(this.log);
  }

  /** Takes in one update r z' at sample t (from 0) and gives the factor by which to multiply the base rate. */
  next(r: Float64Array, z: Float64Array, t: number): number {
    const { rbar, zbar } = this;
    let rr = 0;
    let zz = 1; // the bias: its input is always 1
    for (let j = 0; j < rbar.length; j++) {
      const old = rbar[j];
      rr += r[j] * old;
      rbar[j] = old + (r[j] - old) / 32;
    }
    for (let i = 0; i < zbar.length; i++) {
      const old = zbar[i];
      zz += z[i] * old;
      zbar[i] = old + (z[i] - old) / 32;
    }
    this.log = Math.min(Math.log(2.5), Math.max(Math.log(0.4), this.log + Math.sign(rr * zz) / 256));
    return Math.exp(this.log) * (1 + Math.exp(-t / 256));
  }
}
