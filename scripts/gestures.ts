// data/magic_wand_digits.tar.gz -> web/public/gestures.bin: what the web page plays first. Digits 0 to 3, each stroke resampled to
// 32 points at equal times. Run by hand after a change (node --import tsx scripts/gestures.ts); the result is in the repository.

import { readFileSync, writeFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { randomFrom, shuffle } from '../host/shuffle.js';

const DIGITS = ['0', '1', '2', '3'];
const POINTS = 32;
/** First in bouts, so that a person can hold a button; then shuffled, so that repeating the last answer is worth nothing. */
const BOUT = 4;
const BOUTS = 4;
const SHUFFLED = 30;

interface Stroke {
  label: string;
  strokePoints: { x: number; y: number }[];
}

/** The JSON files of a tar: names at 0, sizes in octal at 124, contents from 512 on. */
function strokesIn(tar: Buffer): Stroke[] {
  const files: { name: string; text: string }[] = [];
  for (let at = 0; tar[at] !== 0; ) {
    const name = tar.toString('utf8', at, at + 100).replace(/\0.*/s, '');
    const size = parseInt(tar.toString('ascii', at + 124, at + 136), 8);
    if (name.endsWith('.json')) files.push({ name, text: tar.toString('utf8', at + 512, at + 512 + size) });
    at += 512 + Math.ceil(size / 512) * 512;
  }
  files.sort((a, b) => (a.name < b.name ? -1 : 1));
  return files.flatMap(({ text }) => (JSON.parse(text) as { strokes: Stroke[] }).strokes);
}

/** label as one ASCII byte, then x0 y0 x1 y1 ... as signed bytes in hundredths. */
function encode({ label, strokePoints: points }: Stroke): Buffer {
  const row = Buffer.alloc(1 + 2 * POINTS, label);
  for (let k = 0; k < POINTS; k++) {
    const at = ((points.length - 1) * k) / (POINTS - 1);
    const i = Math.min(points.length - 2, Math.floor(at));
    const between = (axis: 'x' | 'y'): number => points[i]![axis] + (at - i) * (points[i + 1]![axis] - points[i]![axis]);
    for (const [j, axis] of (['x', 'y'] as const).entries()) row.writeInt8(Math.max(-127, Math.min(127, Math.round(100 * between(axis)))), 1 + 2 * k + j);
  }
  return row;
}

const random = randomFrom(1);
const all = shuffle(strokesIn(gunzipSync(readFileSync('data/magic_wand_digits.tar.gz'))), random);
const byDigit = DIGITS.map((digit) => all.filter(({ label }) => String(label) === digit));
const bouts = Array.from({ length: BOUTS }, (_, b) => byDigit.flatMap((same) => same.slice(b * BOUT, (b + 1) * BOUT))).flat();
const rest = shuffle(byDigit.flatMap((same) => same.slice(BOUTS * BOUT, BOUTS * BOUT + SHUFFLED)), random);
writeFileSync('web/public/gestures.bin', Buffer.concat([...bouts, ...rest].map(encode)));
