/** (module (func (export "f") (param i32 i32) (result i32))): the first lane of i32x4.relaxed_dot_i8x16_i7x16_add_s of sixteen times the one, sixteen times the other, and 0. */
const PROBE = Uint8Array.of(
  0, 97, 115, 109, 1, 0, 0, 0, 1, 7, 1, 96, 2, 127, 127, 1, 127, 3, 2, 1, 0, 7, 5, 1, 1, 102, 0, 0,
  10, 22, 1, 20, 0, 32, 0, 253, 15, 32, 1, 253, 15, 65, 0, 253, 17, 253, 147, 2, 253, 27, 0, 11,
);

/**
 * True where the dot product of relaxed SIMD is one instruction. Where it is three, which takes longer than the products of plain SIMD, sums go by way of 16 bits: four times
 * -128 by 255 (x64 takes that byte without a sign) or by -128 (ARM takes it with one) do not fit there, and come out as something else. The build for workerd,
 * which may not compile bytes, has another answer in the place of this file (scripts/build-workerd.ts).
 */
export function dotsAtOnce(): boolean {
  if (!WebAssembly.validate(PROBE)) return false;
  const { f } = new WebAssembly.Instance(new WebAssembly.Module(PROBE)).exports as { f(weight: number, digit: number): number };
  return f(-128, 255) === 4 * -128 * 255 || f(-128, -128) === 4 * -128 * -128;
}
