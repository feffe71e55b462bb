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
}

const UPDATE = 'kernels/update.ts';
const INLINE = '// @ts-ignore: decorator\n@inline\n';
const heading = (bits: number): string => `function vectorRow${bits}(weights: usize, bytes: usize, factors: v128, flips: v128, shift: i32): void {\n`;

/** vectorRow16 / vectorRow8 as a switch over inlined copies, each with its shift as a constant. */
function constantShift(bits: 16 | 8, shifts: number[]): Change {
  const cases = shifts.map((shift) => `  if (shift == ${shift}) return row${bits}(weights, bytes, factors, flips, ${shift});\n`).join('');
  const copy = `function row${bits}(weights: usize, bytes: usize, factors: v128, flips: v128, shift: i32): void {\n`;
  return { file: UPDATE, from: heading(bits), to: `${heading(bits)}${cases}  return row${bits}(weights, bytes, factors, flips, shift);\n}\n\n${INLINE}${copy}` };
}

const CALLS = `        if (wide) vectorRow16(weights, rowBytes, factors, flips, shift);
        else vectorRow8(weights, rowBytes, factors, flips, shift);
`;
const END_OF_ROWS = `    phase += GOLDEN;
    weights += rowBytes;
  }
}
`;

/** One 8-column block of a row whose pairs are loaded already. */
const block = (k: number, bits: number): string => {
  const change = `i16x8.narrow_i32x4_s(i32x4.shr_s(i32x4.dot_i16x8_s(v128.xor(a, x${k}), f${k}), shift), i32x4.shr_s(i32x4.dot_i16x8_s(v128.xor(b, x${k}), f${k}), shift))`;
  return bits === 16
    ? `    v128.store(w${k}, i16x8.add_sat_s(v128.load(w${k}), ${change}));\n    w${k} += 16;\n`
    : `    const s${k} = i16x8.add_sat_s(v128.load8x8_s(w${k}), ${change});\n    v128.store64_lane(w${k}, i8x16.narrow_i16x8_s(s${k}, s${k}), 0);\n    w${k} += 8;\n`;
};

/** Rows wait until there are `count` of them; then one sweep over the pairs serves all. */
function together(count: 2 | 4, shifts: { 16: number[]; 8: number[] }): Change[] {
  const each = (text: (k: number) => string): string => Array.from({ length: count }, (_, k) => text(k)).join('');
  const parameters = `bytes: usize, ${each((k) => `w${k}: usize, f${k}: v128, x${k}: v128, `)}shift: i32`;
  const passed = `rowBytes, ${each((k) => (k < count - 1 ? `w${k}, f${k}, x${k}, ` : 'weights, factors, flips, '))}shift`;
  const own = `bytes, ${each((k) => `w${k}, f${k}, x${k}, `)}`;
  const sweep = (bits: 16 | 8): string => `
function rows${bits}(${parameters}): void {
${shifts[bits].map((shift) => `  if (shift == ${shift}) return sweep${bits}(${own}${shift});\n`).join('')}  return sweep${bits}(${own}shift);
}

${INLINE}function sweep${bits}(${parameters}): void {
  const end = w0 + bytes;
  let pair = dithered;
  do {
    const a = v128.load(pair);
    const b = v128.load(pair, 16);
${each((k) => block(k, bits))}    pair += 32;
  } while (w0 < end);
}
`;
  const waiting = each((k) => (k < count - 1 ? `  let w${k}: usize = 0, f${k} = i32x4.splat(0), x${k} = i32x4.splat(0);\n` : ''));
  const single = (k: number): string => `    if (waits > ${k}) {\n      if (wide) vectorRow16(w${k}, rowBytes, f${k}, x${k}, shift);\n      else vectorRow8(w${k}, rowBytes, f${k}, x${k}, shift);\n    }\n`;
  return [
    { file: UPDATE, from: '  let phase = start;\n  let weights = layer.weights;\n', to: `  let phase = start;\n  let weights = layer.weights;\n  let waits = 0;\n${waiting}` },
    {
      file: UPDATE,
      from: CALLS,
      to: `${each((k) => (k < count - 1 ? `        ${k > 0 ? 'else ' : ''}if (waits == ${k}) { w${k} = weights; f${k} = factors; x${k} = flips; waits = ${k + 1}; }\n` : ''))}        else {
          if (wide) rows16(${passed});
          else rows8(${passed});
          waits = 0;
        }
`,
    },
    {
      file: UPDATE,
      from: END_OF_ROWS,
      to: `    phase += GOLDEN;\n    weights += rowBytes;\n  }\n  if (ASC_FEATURE_SIMD) {\n${each((k) => (k < count - 1 ? single(k) : ''))}  }\n}\n${sweep(16)}${sweep(8)}`,
    },
  ];
}

/** Everything of a row that is not its weights, for four rows at once; then only rows that move are visited, one or two in a sweep. */
function coefficients(pairs: boolean): Change[] {
  const visit = pairs
    ? `      if (held == 0) {
        held = weights;
        heldFactors = factors;
        heldFlips = flips;
      } else {
        if (wide) two16(held, heldFactors, heldFlips, weights, factors, flips, rowBytes, shift);
        else two8(held, heldFactors, heldFlips, weights, factors, flips, rowBytes, shift);
        held = 0;
      }
`
    : CALLS.replaceAll('        ', '      ');
  const two = (bits: number): string => `function two${bits}(w0: usize, f0: v128, x0: v128, w1: usize, f1: v128, x1: v128, bytes: usize, shift: i32): void {
  const end = w0 + bytes;
  let pair = dithered;
  do {
    const a = v128.load(pair);
    const b = v128.load(pair, 16);
${block(0, bits)}${block(1, bits)}    pair += 32;
  } while (w0 < end);
}

`;
  return [
    { file: 'layout.ts', from: 'export let pull: usize = 0;', to: 'export let coefficients: usize = 0; // [widest lanes] i16\nexport let pull: usize = 0;' },
    { file: 'layout.ts', from: '  pull = take(widestLanes << 1);\n', to: '  coefficients = take(widestLanes << 1);\n  pull = take(widestLanes << 1);\n' },
    { file: UPDATE, from: 'import { Layer, dithered }', to: 'import { Layer, coefficients, dithered }' },
    {
      file: UPDATE,
      from: '  let phase = start;\n  let weights = layer.weights;\n',
      to: `  if (ASC_FEATURE_SIMD) {
    moveRows(layer, pull, factor, factorShift, start, least, wide);
    return;
  }
  let phase = start;
  let weights = layer.weights;
`,
    },
    {
      file: UPDATE,
      from: END_OF_ROWS,
      to: `${END_OF_ROWS}
function moveRows(layer: Layer, pull: usize, factor: i32, factorShift: i32, start: u32, least: i32, wide: bool): void {
  const shift = layer.updateShift;
  const rows = <usize>layer.units;
  const step = i32x4.splat(GOLDEN << 2);
  let phases = i32x4.add(i32x4.splat(start), i32x4(0, 0x9e3779b9, 0x3c6ef372, 0xdaa66d2b));
  const leasts = i32x4.splat(least);
  const half = i32x4.splat(1 << (factorShift - 1));
  const most = i32x4.splat(BIAS_LIMIT);
  const zero = i32x4.splat(0);
  for (let row: usize = 0; row < rows; row += 4) {
    const r = v128.load16x4_s(pull + (row << 1));
    const size = i32x4.abs(r);
    const chance = i32x4.shr_u(i32x4.mul(phases, i32x4.splat(SCRAMBLE)), 17);
    const sign = i32x4.shr_s(r, 31);
    const raised = v128.andnot(i32x4.sub(v128.xor(leasts, sign), sign), i32x4.ge_s(i32x4.mul(chance, leasts), i32x4.shl(size, 15)));
    const kept = v128.bitselect(r, raised, i32x4.ge_s(size, leasts));
    const c = i32x4.max_s(i32x4.splat(-32767), i32x4.min_s(i32x4.splat(32767), i32x4.shr_s(i32x4.add(i32x4.mul(kept, i32x4.splat(factor)), half), factorShift)));
    v128.store64_lane(coefficients + (row << 1), i16x8.narrow_i32x4_s(c, c), 0);
    const change = shift > 16 ? i32x4.shr_s(i32x4.add(c, i32x4.shr_u(phases, 48 - shift)), shift - 16) : i32x4.shl(c, 16 - shift);
    const at = layer.biases + (row << 2);
    const moved = i32x4.add(v128.load(at), v128.andnot(change, i32x4.eq(c, zero)));
    v128.store(at, i32x4.max_s(i32x4.neg(most), i32x4.min_s(most, moved)));
    phases = i32x4.add(phases, step);
  }
  const rowBytes = <usize>layer.stride << (wide ? 1 : 0);
  const drop = max(17, 32 - shift);
  const dither = shift > 15 ? 1 << (shift + 1) : 1 << 16;
  let phase = start;
  let weights = layer.weights;
${pairs ? '  let held: usize = 0;\n  let heldFactors = zero;\n  let heldFlips = zero;\n' : ''}  for (let row: usize = 0; row < rows; row++) {
    const c = <i32>load<u16>(coefficients + (row << 1));
    if (c != 0) {
      const flips = i32x4.splat(phase >> drop << 16);
      const factors = i32x4.splat(c | dither);
${visit}    }
    phase += GOLDEN;
    weights += rowBytes;
  }
${pairs ? '  if (held != 0) {\n    if (wide) vectorRow16(held, rowBytes, heldFactors, heldFlips, shift);\n    else vectorRow8(held, rowBytes, heldFactors, heldFlips, shift);\n  }\n' : ''}}

${pairs ? two(16) + two(8) : ''}`,
    },
  ];
}

/** The same, with the rows that move written to a list without a branch, then taken `count` at a time, the shift a constant where it is a usual one. */
function listed(count: 2 | 4, shifts: { 16: number[]; 8: number[] }): Change[] {
  const [arena, taken, imports, entry, rows] = coefficients(false) as [Change, Change, Change, Change, Change];
  const each = (text: (k: number) => string): string => Array.from({ length: count }, (_, k) => text(k)).join('');
  const parameters = `bytes: usize, ${each((k) => `w${k}: usize, f${k}: v128, x${k}: v128, `)}shift: i32`;
  const own = `bytes, ${each((k) => `w${k}, f${k}, x${k}, `)}`;
  const sweep = (bits: 16 | 8): string => `
function rows${bits}(${parameters}): void {
${shifts[bits].map((shift) => `  if (shift == ${shift}) return sweep${bits}(${own}${shift});\n`).join('')}  return sweep${bits}(${own}shift);
}

${INLINE}function sweep${bits}(${parameters}): void {
  const end = w0 + bytes;
  let pair = dithered;
  do {
    const a = v128.load(pair);
    const b = v128.load(pair, 16);
${each((k) => block(k, bits))}    pair += 32;
  } while (w0 < end);
}
`;
  const at = (name: string, k: number): string => `${name}(load<u32>(list, ${4 * k})`;
  const visit = `  let list = coefficients;
  for (let row: usize = 0; row < rows; row++) {
    // a list entry never overtakes the coefficient that is read: 4 bytes each
    const c = load<u32>(coefficients + (row << 2));
    store<u32>(list, (<u32>row << 16) | (c & 0xffff));
    list += c != 0 ? 4 : 0;
  }
  const end = list;
  list = coefficients;
  const weights = layer.weights;
  for (; list + ${4 * count} <= end; list += ${4 * count}) {
    const passed = 0;
    if (wide) rows16(rowBytes, ${each((k) => `weights + ${at('rowOf', k)}) * rowBytes, ${at('factorsOf', k)}, dither), ${at('flipsOf', k)}, start, drop), `)}shift);
    else rows8(rowBytes, ${each((k) => `weights + ${at('rowOf', k)}) * rowBytes, ${at('factorsOf', k)}, dither), ${at('flipsOf', k)}, start, drop), `)}shift);
  }
  for (; list < end; list += 4) {
    const at = weights + ${at('rowOf', 0)}) * rowBytes;
    if (wide) vectorRow16(at, rowBytes, ${at('factorsOf', 0)}, dither), ${at('flipsOf', 0)}, start, drop), shift);
    else vectorRow8(at, rowBytes, ${at('factorsOf', 0)}, dither), ${at('flipsOf', 0)}, start, drop), shift);
  }
}

${INLINE}function rowOf(entry: u32): usize { return <usize>(entry >> 16); }
${INLINE}function factorsOf(entry: u32, dither: i32): v128 { return i32x4.splat(<i32>(entry & 0xffff) | dither); }
${INLINE}function flipsOf(entry: u32, start: u32, drop: i32): v128 { return i32x4.splat((start + (entry >> 16) * GOLDEN) >> drop << 16); }
${sweep(16)}${sweep(8)}`;
  const cut = rows.to.indexOf('  let phase = start;\n  let weights');
  const text = rows.to.slice(0, cut).replace('v128.store64_lane(coefficients + (row << 1), i16x8.narrow_i32x4_s(c, c), 0);', 'v128.store(coefficients + (row << 2), c);') + visit.replace('    const passed = 0;\n', '');
  return [arena, { ...taken, to: taken.to.replace('coefficients = take(widestLanes << 1)', 'coefficients = take(widestLanes << 2)') }, imports, entry, { ...rows, to: text }];
}

const USUAL = { 16: [13, 14, 15, 16, 17, 18], 8: [19, 20, 21, 22, 23] };

export const candidates: readonly Candidate[] = [
  { name: 'nothing', claim: 'the core against itself: how far the machine alone moves a ratio', changes: [] },
  {
    name: 'constant shifts',
    claim: 'a shift count known at compile time saves V8 a mask and a move to a vector register in each of two shifts',
    changes: [constantShift(16, USUAL[16]), constantShift(8, USUAL[8])],
  },
  { name: 'two rows', claim: 'two rows share the loads of inputs and dither', changes: together(2, { 16: [], 8: [] }) },
  { name: 'four rows', claim: 'four rows share the loads of inputs and dither', changes: together(4, { 16: [], 8: [] }) },
  { name: 'two rows, constant shifts', claim: 'both', changes: together(2, USUAL) },
  { name: 'four rows, constant shifts', claim: 'both', changes: together(4, USUAL) },
  { name: 'coefficients in vectors', claim: 'coefficient, sampling and bias of four rows at once, before the sweep over the weights', changes: coefficients(false) },
  { name: 'coefficients, two rows', claim: 'the same, and two rows share the loads of inputs and dither', changes: coefficients(true) },
  { name: 'listed, two rows', claim: 'coefficients in vectors, a list of moving rows made without a branch, two rows a sweep', changes: listed(2, { 16: [], 8: [] }) },
  { name: 'listed, four rows', claim: 'the same, four rows a sweep', changes: listed(4, { 16: [], 8: [] }) },
  { name: 'listed, four, constant', claim: 'the same, the shift a constant', changes: listed(4, USUAL) },
  {
    name: 'sign without branch',
    claim: 'the sign of a reading is unpredictable: (v ^ m) - m with m all ones for a negative instead of a branch',
    changes: [
      { file: 'normaliser.ts', from: 'return <i32>(bits ^ scale) < 0 ? -value : value;', to: 'const m = <i32>(bits ^ scale) >> 31;\n  return (value ^ m) - m;' },
      { file: 'normaliser.ts', from: 'return <i32>bits < 0 ? -value : value;', to: 'const m = <i32>bits >> 31;\n  return (value ^ m) - m;' },
    ],
  },
  {
    name: 'rounding after the shift',
    claim: 'a fixed scale: ((p >> (s - 1)) + 1) >> 1 is the same as (p + 2^(s-1)) >> s, with one variable shift of 64 bits less',
    changes: [{ file: 'normaliser.ts', from: '(product + (<u64>1 << (shift - 1))) >> shift', to: '((product >> (shift - 1)) + 1) >> 1' }],
  },
  {
    name: 'settled in vectors',
    claim: '8-bit weights: the sums of four rows are transposed, added, rounded and clamped in one vector instead of as four 64-bit scalars',
    changes: [
      {
        file: 'kernels/forward.ts',
        from: '    settleFour(layer, row, widen(p0), widen(p1), widen(p2), widen(p3), output);\n',
        to: `    const a01 = i32x4.add(v128.shuffle<i32>(p0, p1, 0, 4, 1, 5), v128.shuffle<i32>(p0, p1, 2, 6, 3, 7));
    const a23 = i32x4.add(v128.shuffle<i32>(p2, p3, 0, 4, 1, 5), v128.shuffle<i32>(p2, p3, 2, 6, 3, 7));
    const sums = i32x4.add(v128.shuffle<i32>(a01, a23, 0, 1, 4, 5), v128.shuffle<i32>(a01, a23, 2, 3, 6, 7));
    const most = i32x4.splat(1 << 30);
    const kept = i32x4.max_s(i32x4.neg(most), i32x4.min_s(most, sums));
    const total = i32x4.add(i32x4.add(kept, v128.load(layer.biases + (row << 2))), i32x4.splat(1 << (layer.fraction - 1)));
    const settled = i32x4.max_s(i32x4.splat(-ENERGY_LIMIT), i32x4.min_s(i32x4.splat(ENERGY_LIMIT), i32x4.shr_s(total, layer.fraction)));
    v128.store64_lane(output + (row << 1), i16x8.narrow_i32x4_s(settled, settled), 0);
`,
      },
    ],
  },
  { name: 'listed and settled', claim: 'listed, four, constant; and settled in vectors', changes: [] },
  {
    name: 'two blocks, 8-bit forward',
    claim: 'the forward sweep over 8-bit weights does 16 columns a round, as the one over 16-bit weights does',
    changes: [
      {
        file: 'kernels/forward.ts',
        from: `      p3 = i32x4.add(p3, i32x4.dot_i16x8_s(v128.load8x8_s(w3), a));
      w0 += 8;
      w1 += 8;
      w2 += 8;
      w3 += 8;
      input += 16;
`,
        to: `      p3 = i32x4.add(p3, i32x4.dot_i16x8_s(v128.load8x8_s(w3), a));
      if (input + 16 < end) {
        const b = v128.load(input, 16);
        p0 = i32x4.add(p0, i32x4.dot_i16x8_s(v128.load8x8_s(w0, 8), b));
        p1 = i32x4.add(p1, i32x4.dot_i16x8_s(v128.load8x8_s(w1, 8), b));
        p2 = i32x4.add(p2, i32x4.dot_i16x8_s(v128.load8x8_s(w2, 8), b));
        p3 = i32x4.add(p3, i32x4.dot_i16x8_s(v128.load8x8_s(w3, 8), b));
        w0 += 8;
        w1 += 8;
        w2 += 8;
        w3 += 8;
        input += 16;
      }
      w0 += 8;
      w1 += 8;
      w2 += 8;
      w3 += 8;
      input += 16;
`,
      },
    ],
  },
];

const changesOf = (name: string): Change[] => candidates.find((candidate) => candidate.name === name)!.changes;
changesOf('listed and settled').push(...changesOf('listed, four, constant'), ...changesOf('settled in vectors'));
