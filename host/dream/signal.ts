import { windowFeatures, type WindowShape } from '../config.js';
import type { Random } from './random.js';

/**
 * Windows of raw signal from their features, which are mean, deviation and amplitudes of each axis. Features do not know where a wave begins: its phase is drawn, once for a dream, so that the
 * same features make the same signal.
 */
export function signalOf({ axes, samples }: WindowShape, random: Random): (features: ArrayLike<number>) => Float32Array {
  const bands = windowFeatures({ axes, samples }) / axes - 2;
  const waves = Array.from({ length: axes }, () => wavesOf(bands, samples, random));
  return (features) => {
    const signal = new Float32Array(axes * samples);
    waves.forEach((own, axis) => {
      const at = axis * (bands + 2);
      const values = new Float64Array(samples);
      for (let k = 0; k < bands; k++) {
        const amplitude = Math.max(0, features[at + 2 + k]!);
        for (let t = 0; t < samples; t++) values[t]! += amplitude * own[k]![t]!;
      }
      const mean = values.reduce((sum, value) => sum + value, 0) / samples;
      const deviation = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / samples);
      const scale = deviation > 0 ? Math.max(0, features[at + 1]!) / deviation : 0;
      for (let t = 0; t < samples; t++) signal[t * axes + axis] = features[at]! + scale * (values[t]! - mean);
    });
    return signal;
  };
}

/** A wave for each band, [bands, samples]. */
function wavesOf(bands: number, samples: number, random: Random): Float64Array[] {
  return Array.from({ length: bands }, (_, k) => {
    const phase = 2 * Math.PI * random.uniform();
    return new Float64Array(samples).map((__, t) => Math.cos((Math.PI * (k + 1) * t) / bands + phase));
  });
}
