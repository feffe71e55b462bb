/**
 * A device that computes layers by physics, not by arithmetic: what its units show is not what the weights say, and neither the learner nor whoever
 * trained the weights knows how. Weights, gates and updates are exact; only the forward pass is the device's. Each unit has a gain of its own, some
 * are dead, all are clipped, and every reading is noisy.
 */
import { FloatLearner, type FloatConfig } from '../../tests/float-reference.js';
import { Random } from '../rivals/random.js';

/** How bad a device is. A pre-activation has a deviation of about 1 before anything is learned. */
export interface Faults {
  /** Deviation of the logarithm of a unit's gain. */
  gain: number;
  /** Share of the units that show nothing, whatever comes in. */
  dead: number;
  /** Pre-activations saturate at +-this. */
  clip: number;
  /** Deviation of the noise on a pre-activation, drawn anew for every reading. */
  noise: number;
}

export const NO_FAULTS: Faults = { gain: 0, dead: 0, clip: Infinity, noise: 0 };

/** So low that no gate lifts it above zero: no label sees a dead unit, and its weights get no update. */
const SILENT = -1e9;

/** One device: its gains and dead units follow from the seed, and stay. */
export class Device {
  readonly #gains: Float64Array[]; // [layers][units], 0 where dead
  readonly #noise: Random;

  constructor(
    readonly faults: Faults,
    units: readonly number[],
    seed: number,
  ) {
    const random = new Random(seed);
    this.#gains = units.map((count) => Float64Array.from({ length: count }, () => {
      const gain = Math.exp(faults.gain * random.normal());
      return random.uniform() < faults.dead ? 0 : gain;
    }));
    this.#noise = new Random(seed + 1);
  }

  /** From what the weights say to what the units show, in place. */
  show(a: Float64Array, layer: number): void {
    const { clip, noise } = this.faults;
    const gains = this.#gains[layer]!;
    for (let j = 0; j < a.length; j++) {
      const shown = gains[j]! * a[j]! + noise * this.#noise.normal();
      a[j] = gains[j] === 0 ? SILENT : Math.max(-clip, Math.min(clip, shown));
    }
  }
}

/** Rule 1 on a device: goodness, what goes up and the updates come from the activities shown. Without a device: in exact arithmetic. */
export class DeviceLearner extends FloatLearner {
  device: Device | undefined;

  constructor(config: FloatConfig, device?: Device) {
    super(config);
    this.device = device;
  }

  protected override distort(a: Float64Array, layer: number): void {
    this.device?.show(a, layer);
  }
}
