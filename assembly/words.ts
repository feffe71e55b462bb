// The values that configuration words may have; the words themselves, and what `plan` answers, are generated from schema/formats.ts.

export * from "./words.generated";

/** Values a configuration may take. */
export const MAX_INPUTS: i32 = 4096;
export const MAX_UNITS: i32 = 4096;
export const MAX_LAYERS: i32 = 8;
export const MAX_LABELS: i32 = 256;

// @ts-ignore: decorator
@inline
export function padded(count: i32, to: i32): i32 {
  return (count + to - 1) & -to;
}
