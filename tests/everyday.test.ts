// The everyday benchmark measures what it says: scripts depend on nothing but the seed, every rival is one, and the committed matrix is whole.

import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { CELLS, columnsWith, measure } from '../benchmarks/everyday/matrix.js';
import { COLUMNS } from '../benchmarks/everyday/onward.js';
import { withMatrix } from '../benchmarks/everyday/page.js';
import { ahead, resultOfCell, SMALL, type CellResult, type EverydayResult } from '../benchmarks/everyday/result.js';
import { RIVALS } from '../benchmarks/everyday/rivals/all.js';
import { askAndTeach, idle, pass, teach, test as ask, walk, type Script, type Step } from '../benchmarks/everyday/script.js';
import { TARGETS } from '../benchmarks/everyday/targets.js';
import { clouds } from '../benchmarks/everyday/tasks.js';
import { Random } from '../benchmarks/rivals/random.js';
import { assert, suite } from './suite.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const test = suite('everyday');
const names = (list: readonly { name: string }[]): string[] => list.map(({ name }) => name);

/** What the first steps of a script do, as text. */
function first({ steps }: Script, count: number): string {
  const lines: string[] = [];
  for (const { does, x, label, truth } of steps) {
    lines.push(`${does} ${label} ${truth} ${Array.from(x.subarray(0, 8))}`);
    if (lines.length === count) break;
  }
  return lines.join('\n');
}

for (const group of new Set(CELLS.map(({ group }) => group))) {
  test(`${group}: a seed makes one script, another seed another; each teaches and asks about labels that there are`, async () => {
    for (const cell of CELLS.filter((one) => one.group === group && one.present)) {
      const script = await cell.script(1, true);
      const text = first(script, 300);
      const what = `${cell.regime}: ${cell.data}`;
      assert.is(first(script, 300), text, `${what}: walked through twice`);
      assert.is(first(await cell.script(1, true), 300), text, `${what}: made twice`);
      // a recording as it is has no seed
      if (cell.regime !== 'as recorded') assert.is.not(first(await cell.script(2, true), 300), text, `${what}: seeds 1 and 2`);
      const done = new Set<string>();
      let asked = 0;
      for (const { does, x, label, truth } of script.steps) {
        done.add(does);
        if (truth >= 0) asked++;
        if (does === 'idle') continue;
        assert.ok(x.length === script.inputs && label < script.labels && truth < script.labels, `${what}: ${x.length} values, label ${label}, truth ${truth}`);
        assert.is(label >= 0, does === 'teach', what);
      }
      assert.ok(done.has('teach') && asked >= 30, `${what}: ${[...done]}, ${asked} asked`);
    }
  });
}

/** Four clouds far apart, 400 samples taught, then 200 asked. */
async function easy(): Promise<Script> {
  const task = await clouds(4, 4, 16).make(1);
  const { x, y } = task.draw(new Random(3), 600);
  return { inputs: 4, labels: 4, figure: 'accuracy', steps: x.map((sample, s) => (s < 400 ? teach : ask)(sample, y[s])) };
}

for (const { name, make } of RIVALS) {
  test(`${name} learns an easy task, answers nothing before, takes missing values, and counts its bytes`, async () => {
    const script = await easy();
    const rival = make(4, 4, 1)!;
    assert.is(rival.answer(new Float32Array(4)), -1);
    const figure = walk(script, rival);
    if (name === 'last label') assert.ok(figure > 10 && figure < 40, `${figure} %`);
    else assert.ok(figure > 95, `${figure} %`);
    const answer = rival.answer(Float32Array.of(NaN, NaN, NaN, NaN));
    rival.teach(Float32Array.of(NaN, 1, NaN, 2), 1);
    assert.ok(answer >= 0 && answer < 4 && rival.bytes() >= 4, `answer ${answer}, ${rival.bytes()} bytes`);
  });
}

test('nearest neighbours keep 1,000 samples; the tree grows no further than 16 kB', () => {
  const [nn, tree] = ['1-NN', 'tree'].map((name) => RIVALS.find((rival) => rival.name === name)!.make(3, 2, 1)!);
  const random = new Random(2);
  for (let s = 0; s < 6000; s++) {
    const x = Float32Array.from(random.normals(3, 1));
    const y = (x[0] > 0 ? 1 : 0) ^ (x[1] > 0 ? 1 : 0);
    nn.teach(x, y);
    tree.teach(x, y);
  }
  assert.is(nn.bytes(), 1000 * 13 + 24);
  assert.ok(tree.bytes() > 1000 && tree.bytes() <= SMALL, `${tree.bytes()} bytes`);
});

test('what counts: answers where the truth is known, before the sample is learned; labels alike where balanced', () => {
  const steps: Step[] = [teach(Float32Array.of(1), 0), askAndTeach(Float32Array.of(2), 1), ask(Float32Array.of(3), 1), pass(Float32Array.of(4), 0), idle, ask(Float32Array.of(5), 1)];
  const seen: string[] = [];
  const parrot = { last: -1, answer: () => parrot.last, teach: (_x: Float32Array, y: number) => { parrot.last = y; }, pass: () => { seen.push('pass'); }, idle: () => { seen.push('idle'); }, bytes: () => 4 };
  assert.is(walk({ inputs: 1, labels: 3, figure: 'accuracy', steps }, parrot), 50); // wrong, right, wrong, right
  assert.equal(seen, ['pass', 'idle']);
  parrot.last = -1;
  assert.ok(Math.abs(walk({ inputs: 1, labels: 3, figure: 'balanced accuracy', steps }, parrot) - (100 * (0 + 2 / 3)) / 2) < 1e-9);
});

test('a rival is ahead by more than a point and with at most 16 kB', () => {
  const line = (name: string, mean: number, bytes: number) => ({ name, mean, worst: mean, bytes });
  const cell: CellResult = { group: '', regime: '', data: '', figure: 'accuracy', inputs: 1, labels: 2, own: [line('onward', 90, 9000)], rivals: [line('a', 91, 100), line('b', 99, SMALL + 1)] };
  assert.is(ahead(cell, 0), undefined);
  cell.rivals[0]!.mean = 91.1;
  assert.is(ahead(cell, 0)?.name, 'a');
});

test('a cell of each group has every column and every rival, with a column of one\'s own', async () => {
  const columns = columnsWith({ units: [16] });
  for (const group of ['Labels one after the other', 'Gestures', 'Values']) {
    const cell = CELLS.find((one) => one.group === group && one.present)!;
    const result = resultOfCell(cell, columns, [await measure(cell, 1, true, columns)]);
    assert.equal(names(result.own), [...names(COLUMNS), '{"units":[16]}']);
    assert.equal(names(result.rivals), names(RIVALS));
    for (const { name, mean, bytes } of [...result.own, ...result.rivals]) assert.ok(mean >= 0 && mean <= 100 && bytes > 0, `${group}, ${name}: ${mean} %, ${bytes} bytes`);
  }
});

test('the committed matrix has every cell and target, and the page shows it', () => {
  const path = `${root}benchmarks/results/everyday.json`;
  assert.ok(existsSync(path), 'run `npm run bench:everyday` with the dev streams');
  const result: EverydayResult = JSON.parse(readFileSync(path, 'utf8'));
  assert.equal(
    result.cells.map(({ group, regime, data }) => [group, regime, data]),
    CELLS.filter(({ group, regime, data, long }) => !long || result.cells.some((one) => one.group === group && one.regime === regime && one.data === data)).map(({ group, regime, data }) => [group, regime, data]),
  );
  for (const { own, regime } of result.cells) assert.equal(names(own), names(result.settings.columns), regime);
  assert.equal(result.targets.map(({ what }) => what), TARGETS.map(({ what }) => what));
  const page = readFileSync(`${root}docs/everyday.md`, 'utf8');
  assert.is(withMatrix(page, result), page, 'the page is not that of the results: run `npm run bench:everyday`');
});

test.run();
