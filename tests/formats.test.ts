// schema/formats.ts is the one description of words, errors and records: what was written from it is what would be written now, no bit has two meanings, and the
// codec carries every value that a word can be.

import { readFileSync } from 'node:fs';
import { formatFiles } from '../scripts/build-formats.js';
import { blocks, type Block, type Field } from '../schema/formats.js';
import { WORDS as LEARNER } from '../host/words.generated.js';
import { WORDS as TWO_PASS } from '../host/two-pass/words.generated.js';
import { WORDS as RECURRENT } from '../host/recurrent/words.generated.js';
import { WORDS as DETECTOR } from '../host/detector/words.generated.js';
import { decode, encode, type Words } from '../host/words.js';
import { generator } from './random.js';
import { assert, suite } from './suite.js';

const test = suite('formats');

test('what cores, host, firmware and FORMAT.md say is written from one description', () => {
  const files = formatFiles();
  assert.ok(files.size >= 12);
  for (const [path, text] of files) assert.is(readFileSync(new URL(`../${path}`, import.meta.url), 'utf8'), text, `${path}: run \`npm run build\``);
});

/** The bits that a field has, as numbers of the whole block, in every layer. */
function bitsOf(block: Block, field: Field): number[] {
  const [from, count] = field.bits ?? [0, 32];
  const layers = block.layers?.fields.includes(field) ? [0, 1, 2, 3, 4, 5, 6, 7].map((l) => l * block.layers!.apart) : [0];
  return layers.flatMap((offset) => Array.from({ length: count }, (_, bit) => 32 * (field.word + offset) + from + bit));
}

for (const [name, block] of Object.entries(blocks) as [string, Block][]) {
  test(`${name}: no bit of a word means two things, but what a sample is`, () => {
    const owner = new Map<number, Field>();
    const names = new Set<string>();
    for (const field of block.fields) {
      assert.not(names.has(field.name), `${field.name} stands there twice`);
      names.add(field.name);
    }
    for (const field of [...block.fields, ...(block.layers?.fields ?? [])]) {
      for (const bit of bitsOf(block, field)) {
        assert.ok(bit < 32 * block.words, `${field.name} lies behind the block`);
        const other = owner.get(bit);
        assert.ok(other === undefined || (other.of !== undefined && field.of !== undefined && other.of !== field.of), `${field.name} and ${other?.name} share bit ${bit % 32} of word ${bit >> 5}`);
        owner.set(bit, field);
      }
    }
  });
}

test('a word of a recurrent network that has the name of a learner\'s is the same', () => {
  for (const field of blocks.recurrent.fields) {
    const same = blocks.learner.fields.find(({ name }) => name === field.name);
    if (same) assert.equal([same.word, same.bits, same.form], [field.word, field.bits, field.form], field.name);
  }
});

test('the codec gives back every value, of 2,000 random ones a block', () => {
  const random = generator(44);
  for (const [words, block] of [[LEARNER, blocks.learner], [TWO_PASS, blocks.twoPass], [RECURRENT, blocks.recurrent], [DETECTOR, blocks.detector]] as const) {
    for (let k = 0; k < 2000; k++) {
      const valueOf = ({ bits: [, count] = [0, 32], form, choices = Array.isArray(form) ? form : [], name }: Field): unknown => {
        const whole = Math.floor(random() * 2 ** Math.min(count, name === 'layers' ? 3 : 31));
        if (choices.length > 0) return choices[whole % choices.length];
        if (form === 'flag') return whole === 1;
        return typeof form === 'object' && 'q' in form ? whole / 2 ** form.q : form === 'binary32' ? Math.fround(random()) : whole;
      };
      const fields = (block.fields as readonly Field[]).filter(({ of }) => of !== (k % 2 === 0 ? 'window' : 'grid'));
      const values = Object.fromEntries(fields.map((field) => [field.option ?? field.name, valueOf(field)]));
      const layers = Array.from({ length: Number(values.layers ?? 0) }, () => Object.fromEntries(((block as Block).layers?.fields ?? []).map((field) => [field.name, valueOf(field)])));
      const encoded = encode(words as Words, values as {}, layers as {}[]);
      const back = decode(words as Words, encoded) as { values: Record<string, unknown>; layers: unknown[] };
      for (const { name, option = name, form } of fields) {
        // of the decimals that round to the same word it gives the shortest
        if (typeof form === 'object' && 'q' in form) assert.is(Math.round(Number(back.values[option]) * 2 ** form.q), Number(values[option]) * 2 ** form.q, name);
        else assert.is(back.values[option], values[option], name);
      }
      assert.equal(back.layers, layers);
      assert.equal(encode(words as Words, back.values as {}, layers as {}[]), encoded);
    }
  }
});

test.run();
