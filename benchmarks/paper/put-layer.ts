/** Puts weights and biases into a layer of a saved two-pass network of 16 bits, as its formats have them: Q12, and Q20 of a bias (docs/two-pass.md). */
import { twoPassArena } from '../../host/arena/two-pass.js';
import { decodeTwoPass, encodeTwoPass } from '../../host/two-pass/snapshot.js';

/** @param weights [patches, channels, window], @param biases [patches, channels] */
export function putLayer(snapshot: Uint8Array, layer: number, weights: Float32Array, biases: Float32Array): Uint8Array {
  const { config, state } = decodeTwoPass(snapshot);
  const { patches, channels, window } = config.layers[layer]!;
  const into = state.slice();
  const view = new DataView(into.buffer);
  const regionOf = (kind: string) => twoPassArena(config).regions.find((region) => region.kind === kind && region.name === `layer ${layer}`)!;
  const { at: weightsAt, ofRows, columns } = regionOf('weights');
  const { at: biasesAt, columns: lanes } = regionOf('biases');
  for (let p = 0, unit = 0; p < patches; p++) {
    for (let c = 0; c < channels; c++, unit++) {
      const row = weightsAt + (p * ofRows! + c) * columns[0]!.of * 2;
      for (let i = 0; i < window; i++) view.setInt16(row + 2 * i, within(weights[unit * window + i]! * 2 ** 12, 2 ** 15 - 1), true);
      view.setInt32(biasesAt + (p * lanes[0]!.of + c) * 4, within(biases[unit]! * 2 ** 20, 2 ** 30), true);
    }
  }
  return encodeTwoPass(config, into);
}

function within(value: number, most: number): number {
  return Math.max(-most, Math.min(most, Math.round(value)));
}
