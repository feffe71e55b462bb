// The configuration words that the host writes before `plan`, what they may be, and what `plan` answers where they are not.

/** Values a configuration may take. */
export const MAX_INPUTS: i32 = 4096;
export const MAX_UNITS: i32 = 4096;
export const MAX_LAYERS: i32 = 8;
export const MAX_LABELS: i32 = 256;

/** Configuration words, i32 each, written by the host before `plan`. */
export const CONFIG: usize = memory.data(96, 16);
// @ts-ignore: decorator
@inline export function configInputs(): i32 { return load<i32>(CONFIG); }
// @ts-ignore: decorator
@inline export function configLabels(): i32 { return load<i32>(CONFIG, 4); }
// @ts-ignore: decorator
@inline export function configLayers(): i32 { return load<i32>(CONFIG, 8); }
// @ts-ignore: decorator
@inline export function configBits(): i32 { return load<i32>(CONFIG, 12); }
// @ts-ignore: decorator
@inline export function configFlags(): i32 { return load<i32>(CONFIG, 16); }
// @ts-ignore: decorator
@inline export function configSeed(): u32 { return load<u32>(CONFIG, 20); }
/** Learning rate eta in Q16. */
// @ts-ignore: decorator
@inline export function configRate(): i32 { return load<i32>(CONFIG, 24); }
/** Sharpness alpha of the softmax over goodness, Q8. */
// @ts-ignore: decorator
@inline export function configAlpha(): i32 { return load<i32>(CONFIG, 28); }
/** A layer whose error 1 - p(y) is below this (Q15) is not updated. */
// @ts-ignore: decorator
@inline export function configMargin(): i32 { return load<i32>(CONFIG, 32); }
/** Standardised inputs are clipped to +- this, Q8. */
// @ts-ignore: decorator
@inline export function configClip(): i32 { return load<i32>(CONFIG, 36); }
/** Fixed scale in place of the running standardisation: binary32 bits. Read when FLAG_FIXED_SCALE is set. */
// @ts-ignore: decorator
@inline export function configScale(): u32 { return load<u32>(CONFIG, 40); }
/** Axes and samples of a window of raw signal; 0 when samples come as features. */
// @ts-ignore: decorator
@inline export function configAxes(): i32 { return load<i32>(CONFIG, 44); }
// @ts-ignore: decorator
@inline export function configSamples(): i32 { return load<i32>(CONFIG, 48); }
/** Local fields (fields/): the grid that a sample is, in the place of a window; its channels follow from the inputs. */
// @ts-ignore: decorator
@inline export function configGridHeight(): i32 { return <i32>load<u16>(CONFIG, 44); }
// @ts-ignore: decorator
@inline export function configGridWidth(): i32 { return <i32>load<u16>(CONFIG, 46); }
/** How much slower gates learn than weights: eta_v = eta / this. */
// @ts-ignore: decorator
@inline export function configGateDivisor(): i32 { return load<i32>(CONFIG, 52); }
/** The continual learner's: exemplars kept; bits of a value, prototypes, replays and drift detector, a byte each. */
// @ts-ignore: decorator
@inline export function configExemplars(): i32 { return load<i32>(CONFIG, 56); }
// @ts-ignore: decorator
@inline export function configExemplarBits(): i32 { return <i32>load<u8>(CONFIG, 60); }
// @ts-ignore: decorator
@inline export function configPrototypes(): i32 { return <i32>load<u8>(CONFIG, 61); }
// @ts-ignore: decorator
@inline export function configReplays(): i32 { return <i32>load<u8>(CONFIG, 62); }
// @ts-ignore: decorator
@inline export function configDrift(): i32 { return <i32>load<u8>(CONFIG, 63); }
// @ts-ignore: decorator
@inline export function configUnits(layer: i32): i32 { return load<i32>(CONFIG + (<usize>layer << 2), 64); }

/** Error codes of `plan`: 0 to -10. host/errors.ts turns them into sentences; a test walks both. */
export const ERROR_INPUTS: i32 = -1;
export const ERROR_LABELS: i32 = -2;
export const ERROR_LAYERS: i32 = -3;
export const ERROR_UNITS: i32 = -4;
export const ERROR_BITS: i32 = -5;
export const ERROR_WINDOW: i32 = -6;
export const ERROR_MEMORY: i32 = -7;
export const ERROR_GRID: i32 = -8;
export const ERROR_FIELD: i32 = -9;
export const ERROR_SECOND_ORDER: i32 = -10;

// @ts-ignore: decorator
@inline
export function padded(count: i32, to: i32): i32 {
  return (count + to - 1) & -to;
}
