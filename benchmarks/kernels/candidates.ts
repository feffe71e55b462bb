/** What was tried on the core's kernels. A candidate that won is in the core and no longer here; decisions.md says by how much. */
export interface Candidate {
  name: string;
  claim: string;
  changes: { file: string; from: string; to: string }[]; // in assembly/
}

export const candidates: readonly Candidate[] = [
  {
    name: 'sign without branch',
    claim: 'the sign of a reading is unpredictable: (v ^ m) - m with m all ones for a negative instead of a branch',
    changes: [
      { file: 'normaliser.ts', from: 'return <i32>(bits ^ scale) < 0 ? -value : value;', to: 'const m = <i32>(bits ^ scale) >> 31;\n  return (value ^ m) - m;' },
      { file: 'normaliser.ts', from: 'return <i32>bits < 0 ? -value : value;', to: 'const m = <i32>bits >> 31;\n  return (value ^ m) - m;' },
    ],
  },
  {
    name: 'constant shifts',
    claim: 'a shift count known at compile time saves a move to a vector register in each of two shifts',
    changes: [
      {
        file: 'kernels/update.ts',
        from: 'function vectorRow16(weights: usize, bytes: usize, factors: v128, flips: v128, shift: i32): void {\n',
        to: `function vectorRow16(weights: usize, bytes: usize, factors: v128, flips: v128, shift: i32): void {
  if (shift == 15) return row16(weights, bytes, factors, flips, 15);
  if (shift == 18) return row16(weights, bytes, factors, flips, 18);
  if (shift == 17) return row16(weights, bytes, factors, flips, 17);
  if (shift == 13) return row16(weights, bytes, factors, flips, 13);
  if (shift == 14) return row16(weights, bytes, factors, flips, 14);
  return row16(weights, bytes, factors, flips, shift);
}

// @ts-ignore: decorator
@inline
function row16(weights: usize, bytes: usize, factors: v128, flips: v128, shift: i32): void {
`,
      },
    ],
  },
];
