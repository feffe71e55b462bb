import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { tablesSource } from '../scripts/tables.js';
import { bitLength, exp2Negative, multiplyShift, normalisedRoot, squareRoot, weyl } from './reference/arithmetic.js';
import { Generator } from './reference/random.js';
import { assert, suite } from './suite.js';

const test = suite('tables and arithmetic');

test('assembly/tables.ts holds what its formulas give', () => {
  assert.is(readFileSync(new URL('../assembly/tables.ts', import.meta.url), 'utf8'), tablesSource());
});

test('2^-t is right to 2^-15 and never rises', () => {
  let before = 65535;
  for (let t = 0; t <= 0x7fff; t++) {
    const value = exp2Negative(t);
    assert.ok(Math.abs(value / 65536 - 2 ** (-t / 1024)) < 2 ** -15, `2^-(${t} / 1024) gave ${value}`);
    assert.ok(value <= before, `2^-(${t} / 1024) is above the value before it`);
    before = value;
  }
  assert.is(before, 0);
});

test('a square root is the largest integer whose square fits', () => {
  fc.assert(fc.property(fc.nat(2 ** 31 - 1), fc.nat(1), (half, odd) => {
    const value = half * 2 + odd;
    const root = squareRoot(value);
    return root * root <= value && (root + 1) ** 2 > value;
  }));
});

test('a normalised root has 16 bits and is the root of its value', () => {
  fc.assert(fc.property(fc.integer({ min: 1, max: 2 ** 47 }), (value) => {
    const { root, by } = normalisedRoot(value);
    const exact = Math.sqrt(value) * 2 ** (by / 2);
    return root >= 2 ** 15 && root < 2 ** 16 && by % 2 === 0 && Math.abs(root - exact) <= 1 + exact * 2 ** -30;
  }));
});

test('a shifted product is the exact floor, also beyond 2^53', () => {
  fc.assert(fc.property(fc.nat(2 ** 31 - 1), fc.nat(2 ** 31 - 1), fc.nat(40), (a, b, bits) =>
    multiplyShift(a, b, bits) === Number((BigInt(a) * BigInt(b)) >> BigInt(bits))));
});

test('bitLength counts bits', () => {
  fc.assert(fc.property(fc.nat(2 ** 31 - 1), (value) => bitLength(value) === (value === 0 ? 0 : value.toString(2).length)));
});

test('the dither sequence is uniform: any 4096 steps of it fall evenly into 64 bins', () => {
  fc.assert(fc.property(fc.nat(2 ** 31 - 1), (start) => {
    const bins = new Array<number>(64).fill(0);
    for (let i = 0; i < 4096; i++) bins[weyl(start, i) >>> 26]++;
    return bins.every((count) => Math.abs(count - 64) <= 3);
  }), { numRuns: 30 });
});

test('the generator never stands still, and neighbouring seeds are far apart', () => {
  for (const seed of [0, 1, 2, 0x61c88647, 0xffffffff]) {
    const random = new Generator(seed);
    assert.is.not(random.state, 0);
    const bits = Array.from({ length: 1000 }, () => random.next());
    assert.is(new Set(bits).size, bits.length);
  }
  const [a, b] = [new Generator(1).next(), new Generator(2).next()];
  const apart = (a ^ b).toString(2).replace(/[^1]/g, '').length;
  assert.ok(apart > 6, `seeds 1 and 2 differ in ${apart} bits`);
});

test('gaussian draws have mean 0 and deviation 1', () => {
  const random = new Generator(3);
  const draws = Array.from({ length: 20_000 }, () => random.gaussian() / 8192);
  const mean = draws.reduce((sum, x) => sum + x) / draws.length;
  const deviation = Math.sqrt(draws.reduce((sum, x) => sum + (x - mean) ** 2, 0) / draws.length);
  assert.ok(Math.abs(mean) < 0.03, `mean ${mean}`);
  assert.ok(Math.abs(deviation - 1) < 0.03, `deviation ${deviation}`);
});

test.run();
