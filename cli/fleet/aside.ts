import type { Contribution } from '../../host/fleet/index.js';

/** A device whose update was left out, in words. */
export function asideText({ device, distance }: Contribution): string {
  const { channels = 0, weights = 0 } = distance ?? {};
  const why = channels > weights ? `its inputs are some ${times(channels)} times as large, or as small, as the others'` : `its weights moved ${times(weights)} times as far as the others'`;
  return `${device} is far from all other devices, and what it sent is set aside: ${why}; it gets the model like everybody (said once; the lines and \`onward fleet watch\` show it)`;
}

/** 3 octaves are 8 times. */
export function times(octaves: number): string {
  const factor = 2 ** octaves;
  return factor < 100 ? factor.toPrecision(2) : factor < 1e6 ? String(Math.round(factor / 100) * 100) : factor.toExponential(0).replace('e+', 'e');
}
