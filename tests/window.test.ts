import { assert, suite } from './suite.js';
import { windows, type WindowOptions } from '../host/sources/window.js';
import type { Sample } from '../host/sources/sample.js';

const test = suite('window');

async function cut(source: Sample[], options: WindowOptions) {
  const out = [];
  for await (const window of windows(source, options)) out.push(window);
  return out;
}

const ramp = (n: number, y?: string, from = 0): Sample[] =>
  Array.from({ length: n }, (_, i) => ({ x: [from + i, -(from + i)], t: from + i, ...(y === undefined ? {} : { y }) }));

test('windows are t-major and carry label and start time', async () => {
  const [first, second, ...rest] = await cut(ramp(7, 'a'), { samples: 3 });
  assert.equal([...first!.x], [0, -0, 1, -1, 2, -2]);
  assert.equal([...second!.x], [3, -3, 4, -4, 5, -5]);
  assert.equal([first!.y, first!.t, second!.t], ['a', 0, 3]);
  assert.is(rest.length, 0);
});

test('hop smaller than the window overlaps, larger leaves gaps', async () => {
  const starts = async (hop: number) => (await cut(ramp(10, 'a'), { samples: 4, hop })).map(({ t }) => t);
  assert.equal(await starts(1), [0, 1, 2, 3, 4, 5, 6]);
  assert.equal(await starts(2), [0, 2, 4, 6]);
  assert.equal(await starts(6), [0, 6]);
});

test('a window never straddles a change of label', async () => {
  const out = await cut([...ramp(5, 'a'), ...ramp(5, 'b', 5)], { samples: 2, hop: 1 });
  assert.equal(out.map(({ y, t }) => `${y}${t}`), ['a0', 'a1', 'a2', 'a3', 'b5', 'b6', 'b7', 'b8']);
});

test('nor a change of group, and the window says which group it was', async () => {
  const out = await cut(ramp(6, 'a'), { samples: 2, group: ({ t }) => (t! < 3 ? 'slow' : 'fast') });
  assert.equal(out.map(({ group, t }) => `${group}${t}`), ['slow0', 'fast3']);
});

test('axes picks columns; unlabelled windows have no label', async () => {
  const [window] = await cut(ramp(2), { samples: 2, axes: [1] });
  assert.equal([...window!.x], [-0, -1]);
  assert.not('y' in window!);
});

test('bad sizes are named', async () => {
  for (const options of [{ samples: 0 }, { samples: 2.5 }, { samples: 2, hop: 0 }]) {
    try {
      await cut(ramp(3), options);
      assert.unreachable();
    } catch (error) {
      assert.instance(error, RangeError);
      assert.match((error as Error).message, /must be a whole number of at least 1, got/);
    }
  }
});

test('an aborted signal stops it', async () => {
  try {
    await cut(ramp(3), { samples: 1, signal: AbortSignal.abort() });
    assert.unreachable();
  } catch (error) {
    assert.is((error as Error).name, 'AbortError');
  }
});

test.run();
