// Decimal text to binary32 in integers: the bits of Math.fround(Number(text)), on every text.

import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { generator } from '../random.js';
import { assert, suite } from '../suite.js';

const test = suite('wasi decimal');

let parse: (text: string) => bigint;

test.before(() => {
  const out = 'build/test/decimal.wasm';
  execFileSync(process.execPath, ['node_modules/assemblyscript/bin/asc.js', 'assembly/wasi/decimal.ts', '--config', 'asconfig.wasi.json', '--target', 'wasi', '--outFile', out, '--textFile', 'build/test/decimal.wat']);
  const { memory, parseBinary32 } = new WebAssembly.Instance(new WebAssembly.Module(readFileSync(out))).exports as unknown as {
    memory: WebAssembly.Memory;
    parseBinary32(at: number, end: number): bigint;
  };
  const bytes = new Uint8Array(memory.buffer);
  const at = 32768; // far behind the limbs
  parse = (text) => parseBinary32(at, at + new TextEncoder().encodeInto(text, bytes.subarray(at)).written);
});

const float = new Float32Array(1);
const bits = new Uint32Array(float.buffer);
function expected(text: string): bigint {
  float[0] = Number(text);
  return BigInt(bits[0]!);
}

const same = (text: string): void => {
  const got = parse(text);
  if (got !== expected(text)) assert.unreachable(`${text}: 0x${got.toString(16)}, Math.fround(Number(text)) has 0x${expected(text).toString(16)}`);
};

test('plain numbers, zeros, and every way to write one', () => {
  for (const text of ['0', '-0', '1', '-1', '+1', '00012', '0.5', '.5', '5.', '1e3', '1E3', '1e+3', '1.5e-3', '9.81', '-273.15', '1013.25', '16777217', '0.1', '3.4028235e38', '123456789012345678901234567890']) same(text);
});

test('the edges: overflow, subnormals, the smallest, less than that', () => {
  for (const text of [
    '3.4028235677973366e38', '3.40282356779733661637539395458142568448e38', '3.4028235677973365e38', '3.5e38', '1e39', '1e40', '1e41', '1e400', '1e999999999', '1e-999999999',
    '1.1754943508222875e-38', '1.17549435e-38', '1.1754942e-38', '1.401298464324817e-45', '7.006492321624085e-46', '7.006492321624086e-46', '7.0064923216240853546186479164495807e-46', '1e-46', '1e-47', '-1e-50',
  ]) same(text);
});

test('ties of binary32, of binary64 beside one, and the texts just above and below, however far behind', () => {
  const random = generator(11);
  let undecided = 0;
  for (let k = 0; k < 1200; k++) {
    // 24 bits of a binary32, then 1: halfway to the next one; and half a unit of binary64 above and below that, where its own rounding is a tie
    const exponent = Math.floor(random() * 270 - 200);
    const tie = (BigInt(2 ** 23 + Math.floor(random() * 2 ** 23)) * 2n + 1n) << 29n;
    for (const offset of [0n, 1n, -1n]) {
      const exact = decimal(tie + offset, exponent);
      if (exponent > 0) for (const by of [1n, -1n]) same((BigInt(exact) + by).toString()); // nothing is divided here: the digits end with the number
      for (const behind of [1, 60, 250]) {
        const [above, below] = [1n, -1n].map((by) => decimal((tie + offset) * 10n ** BigInt(behind) + by, exponent, behind)) as [string, string];
        for (const text of [exact, above, below]) same(text);
        if (expected(above) !== expected(below)) undecided++;
      }
    }
  }
  assert.ok(undecided > 2000, `only ${undecided} pairs were told apart by what stands far behind`);
});

test('100,000 random texts', () => {
  const random = generator(7);
  const digits = (most: number): string => Array.from({ length: 1 + Math.floor(random() * most) }, () => Math.floor(random() * 10)).join('');
  for (let k = 0; k < 100_000; k++) {
    const long = k % 10 === 0 ? 300 : 12;
    let text = (random() < 0.3 ? '-' : '') + digits(long);
    if (random() < 0.7) text += `.${digits(long)}`;
    if (random() < 0.4) text += `e${Math.floor(random() * 110 - 60)}`;
    same(text);
  }
});

test('40,000 numbers as JavaScript and C print them', () => {
  const random = generator(9);
  for (let k = 0; k < 40_000; k++) {
    bits[0] = random() * 2 ** 32;
    const value = float[0]!;
    if (Number.isFinite(value)) for (const text of [String(value), value.toFixed(3), value.toPrecision(9)]) same(text);
  }
});

test('missing values', () => {
  for (const text of ['', 'nan', 'NaN', '-nan', 'inf', '-Inf', 'Infinity', '+INFINITY']) assert.is(parse(text), 0x7fc00000n, text);
});

test('what is no number', () => {
  for (const text of ['-', '+', '.', 'e', 'e5', '1e', '1e+', '1e-', '1.2.3', '1,2', '1 2', '0x10', '1_0', '--1', '1-', 'nan1', 'in', 'infinit', 'null', '½', '1f', '1e5.5', '\0', '1\0', '٣']) assert.is(parse(text), -1n, JSON.stringify(text));
});

/** n 2^exponent / 10^places, every digit. */
function decimal(n: bigint, exponent: number, places = 0): string {
  const whole = exponent >= 0 ? n << BigInt(exponent) : n * 5n ** BigInt(-exponent);
  const point = places + Math.max(-exponent, 0);
  const digits = whole.toString().padStart(point + 1, '0');
  return point === 0 ? digits : `${digits.slice(0, -point)}.${digits.slice(-point)}`;
}

test.run();
