/**
 * The fan's windows as the main job plays them, with two kinds of features: those of the core (integer FFT, amplitudes; what the product learns from) and the
 * log spectrum in float of the design's table (81 features), shown beside it.
 */
import { fanWindows, WINDOW as SHAPE } from '../../cli/fan.js';
import { createLearner } from '../../host/index.js';

const { axes: AXES, samples: WINDOW } = SHAPE;
const BINS = WINDOW / 2;

/** Samples, labels and speeds (in percent) in stream order: speeds ascend, inside a speed the weight configurations are shuffled. */
export async function fanSamples(kind: 'core' | 'log'): Promise<{ xs: ArrayLike<number>[]; ys: string[]; speeds: number[] }> {
  const { windows, labels } = await fanWindows(1);
  using extractor = await createLearner({ window: SHAPE, labels });
  const xs = windows.map(({ x }) => (kind === 'core' ? extractor.features(x) : logSpectrum(x)));
  return { xs, ys: windows.map(({ y }) => y!), speeds: windows.map(({ group }) => group) };
}

const cosine = Float64Array.from({ length: WINDOW }, (_, t) => Math.cos((2 * Math.PI * t) / WINDOW));
const sine = Float64Array.from({ length: WINDOW }, (_, t) => Math.sin((2 * Math.PI * t) / WINDOW));

/** Per axis mean, standard deviation, log amplitude of bins 1 to 25 of a plain DFT. Readings are time-major: x0 y0 z0 x1 y1 z1 ... */
function logSpectrum(readings: ArrayLike<number>): Float64Array {
  const features = new Float64Array(AXES * (2 + BINS));
  let f = 0;
  for (let k = 0; k < AXES; k++) {
    let mean = 0;
    for (let t = 0; t < WINDOW; t++) mean += readings[t * AXES + k] / WINDOW;
    let variance = 0;
    for (let t = 0; t < WINDOW; t++) variance += (readings[t * AXES + k] - mean) ** 2 / WINDOW;
    features[f++] = mean;
    features[f++] = Math.sqrt(variance);
    for (let b = 1; b <= BINS; b++) {
      let re = 0;
      let im = 0;
      for (let t = 0; t < WINDOW; t++) {
        const v = readings[t * AXES + k] - mean;
        re += v * cosine[(b * t) % WINDOW];
        im += v * sine[(b * t) % WINDOW];
      }
      // log(1 + amplitude): the 1 (an amplitude of 0.04 g) keeps the sensor's noise floor from counting as much as the vibration. A floor of 1e-6 cost 0.9 points.
      features[f++] = Math.log(1 + Math.hypot(re, im));
    }
  }
  return features;
}
