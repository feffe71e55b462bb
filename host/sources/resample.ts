/** Zero crossings of the low-pass to each side. */
const REACH = 12;

/**
 * Sound at another rate, by a low-pass that lets nothing through above half of the lower one. Where the rates are the same, the same array.
 * @throws RangeError for rates that are no numbers above 0
 */
export function resample(samples: Float32Array, from: number, to: number): Float32Array {
  if (!(from > 0) || !(to > 0)) throw new RangeError(`resample: from ${from} to ${to}; expected samples a second, above 0`);
  if (from === to) return samples;
  const step = from / to;
  const cut = Math.min(1, to / from);
  const side = REACH / cut;
  return Float32Array.from({ length: Math.floor(samples.length / step) }, (_, t) => {
    const centre = t * step;
    let sum = 0;
    for (let i = Math.max(0, Math.ceil(centre - side)); i <= centre + side && i < samples.length; i++) {
      const x = (i - centre) * cut;
      const turn = Math.PI * x;
      const lowPass = x === 0 ? 1 : Math.sin(turn) / turn;
      sum += samples[i]! * lowPass * (0.5 + 0.5 * Math.cos(turn / REACH));
    }
    return sum * cut;
  });
}
