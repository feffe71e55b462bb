/**
 * The body of an `observations` message: samples as a device's learner took them, so that a learner elsewhere can take the same. Raw data leaves the device with it:
 * only where somebody has asked for that.
 *
 *   u16 inputs | u16 samples | for each: u16 label's index, [inputs] binary32      little endian, FORMAT.md
 */
const HEADER_BYTES = 4;

export interface Observation {
  x: Float32Array;
  /** Its place among the learner's labels. */
  label: number;
}

/** @param observations of one length each, up to 65535 */
export function encodeObservations(observations: readonly Observation[]): Uint8Array {
  const inputs = observations[0]?.x.length ?? 0;
  const bytes = new Uint8Array(HEADER_BYTES + observations.length * (2 + 4 * inputs));
  const view = new DataView(bytes.buffer);
  view.setUint16(0, inputs, true);
  view.setUint16(2, observations.length, true);
  let at = HEADER_BYTES;
  for (const { x, label } of observations) {
    if (x.length !== inputs) throw new RangeError(`observations: one has ${x.length} values, the first has ${inputs}`);
    view.setUint16(at, label, true);
    x.forEach((value, i) => view.setFloat32(at + 2 + 4 * i, value, true));
    at += 2 + 4 * inputs;
  }
  return bytes;
}

/** Undefined for bytes that are no samples of `inputs` values with one of `labels` labels. */
export function decodeObservations(body: Uint8Array, inputs: number, labels: number): Observation[] | undefined {
  if (body.length < HEADER_BYTES) return undefined;
  const view = new DataView(body.buffer, body.byteOffset, body.length);
  const count = view.getUint16(2, true);
  if (view.getUint16(0, true) !== inputs || body.length !== HEADER_BYTES + count * (2 + 4 * inputs)) return undefined;
  const observations = Array.from({ length: count }, (_, k) => {
    const at = HEADER_BYTES + k * (2 + 4 * inputs);
    return { x: Float32Array.from({ length: inputs }, (__, i) => view.getFloat32(at + 2 + 4 * i, true)), label: view.getUint16(at, true) };
  });
  return observations.every(({ label }) => label < labels) ? observations : undefined;
}
