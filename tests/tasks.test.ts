import { assert, suite } from './suite.js';
import { NearestMean } from '../cli/nearest-mean.js';
import type { Sample } from '../host/sources/sample.js';
import { accuracyOver, bandTasks, cutTasks, groupTasks, labelTasks, learnTasks, testTasks, type Task } from '../cli/tasks.js';

const test = suite('tasks');

/** `rows` samples; label by i mod labels, a cluster around 10 x label, group by the tenth of the file. */
function samples(rows: number, labels = 4): Sample[] {
  return Array.from({ length: rows }, (_, i) => ({ x: [10 * (i % labels) + ((i * 7) % 5) / 5, i], y: String(i % labels), group: String(Math.floor((10 * i) / rows)) }));
}

const all = (tasks: readonly Task[]) => tasks.flatMap(({ train, test: held }) => [...train, ...held]);
const rows = (list: readonly Sample[]) => list.map(({ x }) => x[1]!);
const near = (actual: readonly number[], expected: readonly number[]) =>
  assert.ok(actual.every((value, i) => Math.abs(value - expected[i]!) < 1e-12), `${actual}, expected ${expected}`);

test('labels in groups, in the order given; the last task may be smaller', () => {
  const { names, taskOf } = labelTasks(['b', 'a', 'c'], 2);
  assert.equal(names, ['b a', 'c']);
  assert.equal(['a', 'b', 'c', 'd', undefined].map((y) => taskOf(y === undefined ? { x: [] } : { x: [], y })), ['b a', 'b a', 'c', undefined, undefined]);
});

test('groups are tasks by name, numbers or text alike', () => {
  const { names, taskOf } = groupTasks(['20', '25']);
  assert.equal(names, ['20', '25']);
  assert.equal([20, '25', 30, undefined].map((group) => taskOf({ x: [], group })), ['20', '25', undefined, undefined]);
});

test('bands have about equally many samples, and never part equal numbers', () => {
  const of = (numbers: unknown[], bands: number) => {
    const list = numbers.map((group) => ({ x: [], group }));
    const { names, taskOf } = bandTasks(list, bands);
    return [names, list.map((sample) => names.indexOf(taskOf(sample)!))];
  };
  assert.equal(of(['5', '1', '2', '4', '3', '6'], 3), [['1 to 2', '3 to 4', '5 to 6'], [2, 0, 0, 1, 1, 2]]);
  assert.equal(of([7, 7, 7, 7, 8, 9.5], 3), [['7', '8 to 9.5'], [0, 0, 0, 0, 1, 1]]);
  assert.equal(of([1, undefined, 'x', 2], 2), [['1', '2'], [0, -1, -1, 1]]);
});

test('every sample is in one task, trained or tested, and of every label of a task the share is tested', () => {
  const list = samples(400);
  const tasks = cutTasks(list, labelTasks(['0', '1', '2', '3'], 2), { testShare: 0.25, seed: 3 });
  assert.equal(tasks.map(({ name, train, test: held }) => [name, train.length, held.length]), [['0 1', 150, 50], ['2 3', 150, 50]]);
  assert.equal(rows(all(tasks)).sort((a, b) => a - b), rows(list));
  for (const { name, test: held } of tasks) {
    assert.equal(name.split(' ').map((label) => held.filter(({ y }) => y === label).length), [25, 25]);
  }
});

test('the seed decides the cut and the order, another seed another', () => {
  const cut = (seed: number) => rows(all(cutTasks(samples(200), labelTasks(['0', '1', '2', '3'], 2), { seed })));
  assert.equal(cut(1), cut(1));
  assert.not.equal(cut(1), cut(2));
});

test('in order: the first of every label train as they came, the last are tested', () => {
  const [task] = cutTasks(samples(40), labelTasks(['0', '1', '2', '3'], 4), { inOrder: true, testShare: 0.2 });
  assert.equal(rows(task!.train), Array.from({ length: 32 }, (_, i) => i));
  assert.equal(rows(task!.test).sort((a, b) => a - b), [32, 33, 34, 35, 36, 37, 38, 39]);
});

test('rare labels: two samples are one and one, a single one is trained; nothing to test is an error; no label, no task', () => {
  const list = ['a', 'b', 'b'].map((y, i) => ({ x: [0, i], y }));
  const [task] = cutTasks([...list, { x: [0, 3] }, { x: [0, 4], y: 'z' }], labelTasks(['a', 'b'], 2));
  assert.equal([task!.train.length, task!.test.map(({ y }) => y)], [2, ['b']]);
  assert.throws(() => cutTasks(list, labelTasks(['a', 'b'], 1)), /task "a" has 1 samples, none of a label that comes twice/);
  assert.throws(() => cutTasks(list, labelTasks(['a', 'b'], 1), { testShare: 1 }), /"testShare" must be above 0 and below 1, got 1/);
});

/** Knows by heart what it learned, but no more than the last `room` samples. */
function notebook(room: number) {
  const labels: string[] = [];
  const pages = new Map<number, string>();
  return {
    labels,
    learned: [] as number[],
    predict: (x: ArrayLike<number>) => ({ label: pages.get(x[0]!) ?? labels[0] ?? '' }),
    learn(x: ArrayLike<number>, label: string) {
      if (!labels.includes(label)) labels.push(label);
      pages.delete(x[0]!);
      pages.set(x[0]!, label);
      if (pages.size > room) pages.delete(pages.keys().next().value!);
      this.learned.push(x[0]!);
    },
  };
}

const toy: Task[] = ['a', 'b', 'c'].map((y, i) => ({
  name: y,
  train: [{ x: [2 * i], y }, { x: [2 * i + 1], y }],
  test: [{ x: [2 * i], y }, { x: [2 * i + 1], y }],
}));

test('a row after every task, with every task; labels are not announced', async () => {
  const learned: number[] = [];
  const perfect = await learnTasks(notebook(99), toy, { onTask: (n) => learned.push(n) });
  assert.equal(perfect.rows, [[1, 0, 0], [1, 1, 0], [1, 1, 1]]);
  assert.equal(learned, [1, 2, 3]);
  // two pages: whatever it does not find it answers with a, the first label it saw
  const forgetful = await learnTasks(notebook(2), toy);
  assert.equal(forgetful.rows, [[1, 0, 0], [1, 1, 0], [1, 0, 1]]);
  assert.equal([forgetful.forgetting, forgetful.backwardTransfer], [0.5, -0.5]);
});

test('late labels of a task arrive while the next one is on, those of the last before the last test', async () => {
  const learner = notebook(99);
  const late = await learnTasks(learner, toy, { delay: 1 });
  assert.equal(late.rows, [[1, 0, 0], [1, 0.5, 0], [1, 1, 1]]); // a is right for what it does not know, b's second label is late
  assert.equal(learner.learned, [0, 1, 2, 3, 4, 5]);
});

test('over all held-out samples every sample counts, not every task', () => {
  const tasks = [{ ...toy[0]!, test: [toy[0]!.test[0]!] }, { ...toy[1]!, test: [...toy[1]!.test, ...toy[1]!.test] }];
  const learner = { predict: (x: ArrayLike<number>) => ({ label: x[0] === 2 ? 'b' : 'a' }) };
  near(testTasks(learner, tasks), [1, 0.5]);
  near([accuracyOver(tasks, [1, 0.5])], [3 / 5]);
});

test('nearest mean: by hand, in units of each input\'s own spread, missing values left out', () => {
  const means = new NearestMean(2);
  assert.is(means.predict([0, 0]).label, '');
  for (const [a, b, y] of [[0, 0, 'p'], [2, 0, 'p'], [0, 1000, 'q'], [2, 1000, 'q']] as const) means.learn([a, b], y);
  // means (1, 0) and (1, 1000), deviations 1 and 500
  assert.is(means.predict([1, 499]).label, 'p');
  assert.is(means.predict([9, 501]).label, 'q');
  means.learn([NaN, 0], 'r');
  means.learn([5, NaN], 'r');
  assert.is(means.predict([5, NaN]).label, 'r');
  assert.equal(means.labels, ['p', 'q', 'r']);
});

test('nearest mean forgets nothing over tasks, and an input that never varies says nothing', async () => {
  const list = samples(200).map(({ x, y }) => ({ x: [x[0]!, 3], y: y! }));
  const matrix = await learnTasks(new NearestMean(2), cutTasks(list, labelTasks(['0', '1', '2', '3'], 1)));
  assert.equal(matrix.rows.at(-1), [1, 1, 1, 1]);
  assert.is(matrix.forgetting, 0);
});

test.run();
