/** What was tried on the core's kernels. A candidate that won is in the core and no longer here; decisions.md says by how much. */

/** In assembly/. */
export interface Change {
  file: string;
  from: string;
  to: string;
}

export interface Candidate {
  name: string;
  claim: string;
  changes: Change[];
  /** Of the core that has whitening factors; the plain one without. */
  ofFactors?: true;
}

const SWEEP = 'kernels/sweep.ts';
const FORWARD = 'kernels/forward.ts';
const FACTOR = 'kernels/factor.ts';
const rows = (text: (k: number) => string): string => [0, 1, 2, 3].map(text).join('');
const product8 = (inputs: string, offset: string) => (k: number): string => `p${k} = i32x4.add(p${k}, i32x4.dot_i16x8_s(v128.load8x8_s(w${k}${offset}), ${inputs}));\n`;

/** The loop of the core over the columns of four rows of 8-bit weights. */
const LOOP_8 = `    do {
      const a = v128.load(input);
${rows((k) => `      ${product8('a', '')(k)}`)}${rows((k) => `      w${k} += 8;\n`)}      input += 16;
    } while (input < end);
`;

const constantShifts: Change[] = [16, 20].map((shift) => ({
  file: SWEEP,
  from: `  if (shift == ${shift}) return rounds16(end, w0, w1, w2, w3, f0, f1, f2, f3, x0, x1, x2, x3, ${shift});\n`,
  to: '',
}));

/** Of eight columns the even ones lie before the odd ones, so that the upper halves of two sums are one blend away from eight changes. */
const blended: Change[] = [
  {
    file: SWEEP,
    from: `  for (let i: usize = 0; i < columns; i += 4) {
    const values = v128.and(i32x4.shl(v128.load16x4_u(inputs + (i << 1)), up), low);
    v128.store(dithered + (i << 2), v128.or(values, v128.and(i32x4.shr_u(phase, 1), dither)));
    phase = i32x4.add(phase, i32x4.splat(GOLDEN << 2));
  }
`,
    to: `  phase = i32x4.add(i32x4.splat(start), i32x4(0, GOLDEN << 1, GOLDEN << 2, GOLDEN * 6));
  for (let i: usize = 0; i < columns; i += 8) {
    const values = i16x8.shl(v128.load(inputs + (i << 1)), up);
    const odd = i32x4.add(phase, i32x4.splat(GOLDEN));
    v128.store(dithered + (i << 2), v128.or(v128.and(values, low), v128.and(i32x4.shr_u(phase, 1), dither)));
    v128.store(dithered + (i << 2), v128.or(i32x4.shr_u(values, 16), v128.and(i32x4.shr_u(odd, 1), dither)), 16);
    phase = i32x4.add(phase, i32x4.splat(GOLDEN << 3));
  }
`,
  },
  {
    file: SWEEP,
    from: `  const low = i32x4.shr_s(i32x4.dot_i16x8_s(v128.xor(a, flips), factors), shift);
  const high = i32x4.shr_s(i32x4.dot_i16x8_s(v128.xor(b, flips), factors), shift);
  return i16x8.narrow_i32x4_s(low, high);
`,
    to: `  const even = i32x4.dot_i16x8_s(v128.xor(a, flips), factors);
  const odd = i32x4.dot_i16x8_s(v128.xor(b, flips), factors);
  return i16x8.shr_s(v128.shuffle<i16>(i32x4.shr_u(even, 16), odd, 0, 9, 2, 11, 4, 13, 6, 15), shift - 16);
`,
  },
];

const twoBlocks: Change = {
  file: FORWARD,
  from: LOOP_8,
  to: `    while (input + 16 < end) {
      const a = v128.load(input);
      const b = v128.load(input, 16);
${rows(product8('a', ''))}${rows(product8('b', ', 8'))}${rows((k) => `      w${k} += 16;\n`)}      input += 32;
    }
    if (input < end) {
      const a = v128.load(input);
${rows(product8('a', ''))}${rows((k) => `      w${k} += 8;\n`)}    }
`,
};

/** y = R x: four rows of a band, which are equally long, share the loads of x. */
const fourRows: Change[] = [
  {
    file: FACTOR,
    from: `    for (let r = 0; r < 8; r++) {
      const value = <i32>max(-limit, min(limit, (rowSum(row, x, bytes) + half) >> shift));
      store<i16>(y, <i16>value);
      length += value * value;
      row += bytes;
      y += 2;
    }
`,
    to: `    for (let r = 0; r < 2; r++) {
      let s0 = i32x4.splat(0);
      let s1 = i32x4.splat(0);
      let s2 = i32x4.splat(0);
      let s3 = i32x4.splat(0);
      let at: usize = 0;
      do {
        const values = v128.load(x + at);
        const a = row + at;
        s0 = i32x4.add(s0, i32x4.dot_i16x8_s(v128.load(a), values));
        s1 = i32x4.add(s1, i32x4.dot_i16x8_s(v128.load(a + bytes), values));
        s2 = i32x4.add(s2, i32x4.dot_i16x8_s(v128.load(a + (bytes << 1)), values));
        s3 = i32x4.add(s3, i32x4.dot_i16x8_s(v128.load(a + bytes * 3), values));
        at += 16;
      } while (at < bytes);
      for (let k = 0; k < 4; k++) {
        const value = <i32>max(-limit, min(limit, (sumOfLanes(k == 0 ? s0 : k == 1 ? s1 : k == 2 ? s2 : s3) + half) >> shift));
        store<i16>(y, <i16>value);
        length += value * value;
        y += 2;
      }
      row += bytes << 2;
    }
`,
  },
];

/** d = R'y: row by row instead of two rows of one column side by side. */
const oneRow: Change = {
  file: FACTOR,
  from: `        for (let r = 0; r < 4; r++) {
          const a = v128.load(row + column);
          const b = v128.load(row + bytes + column);
          const pair = v128.load32_splat(factors);
          low = i32x4.add(low, i32x4.dot_i16x8_s(lowPairs(a, b), pair));
          high = i32x4.add(high, i32x4.dot_i16x8_s(highPairs(a, b), pair));
          row += bytes << 1;
          factors += 4;
        }
`,
  to: `        for (let r = 0; r < 8; r++) {
          const a = v128.load(row + column);
          const own = v128.load16_splat(factors);
          low = i32x4.add(low, i32x4.extmul_low_i16x8_s(a, own));
          high = i32x4.add(high, i32x4.extmul_high_i16x8_s(a, own));
          row += bytes;
          factors += 2;
        }
`,
};

/** The recursion: sums and changes by pairs of their own instead of one product of pairs (R, w) and (growth, -c). */
const apartChanges: Change[] = [
  {
    file: FACTOR,
    from: `        i32x4.shr_s(i32x4.add(i32x4.dot_i16x8_s(lowPairs(a, w), mix), first), 16),
        i32x4.shr_s(i32x4.add(i32x4.dot_i16x8_s(highPairs(a, w), mix), second), 16),
`,
    to: `        i32x4.shr_s(i32x4.add(i32x4.add(i32x4.extmul_low_i16x8_s(a, i16x8.splat(<i16>growth)), i32x4.extmul_low_i16x8_s(w, i16x8.splat(<i16>-c))), first), 16),
        i32x4.shr_s(i32x4.add(i32x4.add(i32x4.extmul_high_i16x8_s(a, i16x8.splat(<i16>growth)), i32x4.extmul_high_i16x8_s(w, i16x8.splat(<i16>-c))), second), 16),
`,
  },
];

export const candidates: readonly Candidate[] = [
  { name: 'nothing', claim: 'the core against itself: how far the machine alone moves a ratio', changes: [] },
  { name: 'no constant shifts', claim: 'two copies less of the update of 16-bit weights: 0.6 KB', changes: constantShifts },
  { name: 'upper halves blended', claim: 'a shift of 16 or more is the upper half of a sum: one shift and one blend instead of two shifts and a narrowing', changes: blended },
  { name: 'R x: four rows', claim: 'four rows of a whitening factor share the loads of x', changes: fourRows, ofFactors: true },
  { name: "R'y: one row", claim: 'a row at a time needs no interleaving', changes: [oneRow], ofFactors: true },
  { name: 'recursion: two products', claim: 'growth and feedback by a product each need no interleaving', changes: apartChanges, ofFactors: true },
  { name: 'two blocks, 8-bit forward', claim: 'the forward sweep over 8-bit weights does 16 columns a round, as the one over 16-bit weights does', changes: [twoBlocks] },
];
