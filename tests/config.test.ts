// What a configuration may be, and what is said of one that may not.

import { readFileSync } from 'node:fs';
import { ERRORS as CORE_ERRORS } from '../host/errors.generated.js';
import { configFromWords, configWords, resolveConfig, type LearnerConfig, type LearnerWishes, type WindowShape } from '../host/config.js';
import { compile, instantiate } from '../host/core.js';
import type { Grid } from '../host/patches.js';
import { bytesNeeded, planOf } from '../host/plan.js';
import fc from 'fast-check';
import { assert, suite } from './suite.js';

const test = suite('config');
const labels = ['idle', 'walk', 'run'];

test('the defaults are the one setting', () => {
  const config = resolveConfig({ inputs: 6, labels });
  assert.equal(
    { ...config, units: [...config.units] },
    { inputs: 6, window: null, grid: null, units: [64, 64], patches: [], labels, bits: 8, seed: 1, skipInput: true, selfRate: true, rate: 0.05, alpha: 10, margin: 0.05, inputScale: null,
      labelCapacity: labels.length, exemplars: 0, exemplarBits: 8, prototypes: 0, keep: 'recent', familiar: true, replays: 0, drift: 'none', secondOrder: 'off' },
  );
});

const wrong: [string, unknown, typeof TypeError | typeof RangeError, RegExp][] = [
  ['not an object', 7, TypeError, /config: expected an object/],
  ['an unknown field', { inputs: 6, labels, unit: [64] }, TypeError, /config\.unit: no such field; there are inputs, .*units/],
  ['no inputs', { labels }, TypeError, /config\.inputs: missing/],
  ['no labels', { inputs: 6 }, TypeError, /config\.labels: expected an array/],
  ['one label', { inputs: 6, labels: ['a'] }, RangeError, /config\.labels: 1 labels; expected 2 to 256/],
  ['257 labels', { inputs: 6, labels: Array.from({ length: 257 }, (_, i) => `${i}`) }, RangeError, /257 labels/],
  ['a label twice', { inputs: 6, labels: ['a', 'b', 'a'] }, RangeError, /'a' stands there twice/],
  ['a number as label', { inputs: 6, labels: ['a', 3] }, TypeError, /expected a name, got 3/],
  ['0 inputs', { inputs: 0, labels }, RangeError, /config\.inputs: got 0; expected 1 to 4096/],
  ['4097 inputs', { inputs: 4097, labels }, RangeError, /config\.inputs: got 4097/],
  ['a string as inputs', { inputs: '6', labels }, TypeError, /config\.inputs: expected a number, got '6'/],
  ['half an input', { inputs: 6.5, labels }, RangeError, /expected a whole number/],
  ['no layers', { inputs: 6, labels, units: [] }, RangeError, /config\.units: 0 layers; expected 1 to 8/],
  ['nine layers', { inputs: 6, labels, units: Array(9).fill(4) }, RangeError, /config\.units: 9 layers/],
  ['units as a number', { inputs: 6, labels, units: 64 }, TypeError, /config\.units: expected an array/],
  ['a layer without units', { inputs: 6, labels, units: [4, 0] }, RangeError, /config\.units\[1\]: got 0/],
  ['4 bits', { inputs: 6, labels, bits: 4 }, RangeError, /config\.bits: got 4; expected 8 or 16/],
  ['a negative seed', { inputs: 6, labels, seed: -1 }, RangeError, /config\.seed/],
  ['NaN as rate', { inputs: 6, labels, rate: NaN }, RangeError, /config\.rate: got NaN/],
  ['a rate of 0', { inputs: 6, labels, rate: 0 }, RangeError, /config\.rate/],
  ['a margin of 1', { inputs: 6, labels, margin: 1 }, RangeError, /config\.margin: got 1; expected 0 to 0.5/],
  ['an alpha of 0', { inputs: 6, labels, alpha: 0 }, RangeError, /config\.alpha/],
  ['skipInput as 1', { inputs: 6, labels, skipInput: 1 }, TypeError, /config\.skipInput: expected true or false/],
  ['a scale of 0', { inputs: 6, labels, inputScale: 0 }, RangeError, /config\.inputScale: 0 would erase/],
  ['a scale of infinity', { inputs: 6, labels, inputScale: Infinity }, RangeError, /config\.inputScale/],
  ['a window of 4 samples', { window: { axes: 3, samples: 4 }, labels }, RangeError, /config\.window\.samples: got 4; expected 8 to 256/],
  ['inputs that do not fit the window', { inputs: 5, window: { axes: 1, samples: 8 }, labels }, RangeError, /does not fit the window, whose features are 6/],
];
for (const [what, config, kind, message] of wrong) {
  test(`${what} is refused by name`, () => {
    try {
      resolveConfig(config as LearnerConfig);
    } catch (error) {
      assert.instance(error, kind);
      assert.match((error as Error).message, message);
      return;
    }
    assert.unreachable('it was accepted');
  });
}

const configurations = fc.record({
  inputs: fc.integer({ min: 1, max: 300 }),
  units: fc.array(fc.integer({ min: 1, max: 70 }), { minLength: 1, maxLength: 8 }),
  labels: fc.integer({ min: 2, max: 40 }).map((count) => Array.from({ length: count }, (_, i) => `c${i}`)),
  bits: fc.constantFrom(8 as const, 16 as const),
  skipInput: fc.boolean(),
  selfRate: fc.boolean(),
  seed: fc.integer({ min: 0, max: 0xffffffff }),
});
const windows = fc.record({ axes: fc.integer({ min: 1, max: 6 }), samples: fc.integer({ min: 8, max: 256 }) });

test('bytesNeeded says what the core takes, to the byte', async () => {
  const config = { inputs: 7, labels, exemplars: 3 };
  assert.equal(await bytesNeeded(config), planOf(resolveConfig(config)));
  const module = await compile('scalar');
  const agrees = (config: LearnerConfig): void => {
    const core = instantiate(module, configWords(resolveConfig(config)));
    const plan = planOf(resolveConfig(config));
    assert.is(plan.arena, core.plan());
    assert.is(plan.tables, core.arena());
    assert.is(plan.page, core.memory.buffer.byteLength);
    assert.is(plan.arena - plan.scratch, core.stateBytes());
  };
  fc.assert(fc.property(configurations, agrees), { numRuns: 150 });
  fc.assert(fc.property(configurations, (config) => agrees({ ...config, inputScale: 0.5 })), { numRuns: 50 });
  fc.assert(
    fc.property(configurations, windows, ({ inputs: _, ...config }, window) => agrees({ ...config, window })),
    { numRuns: 50 },
  );
});

test('the kinds of bytes add up to the arena', () => {
  const { weights, gates, biases, normaliser, labels: counts, anchors, rate, header, scratch, arena } = planOf(resolveConfig({ inputs: 6, labels }));
  assert.is(weights + gates + biases + normaliser + counts + anchors + rate + header + scratch, arena);
});

test('scratch does not grow with depth, but for the layer table', () => {
  const scratch = (layers: number): number => planOf(resolveConfig({ inputs: 32, labels, units: Array(layers).fill(32) })).scratch;
  assert.is(scratch(8) - scratch(2), 6 * 64);
});

test('configuration words and back', () => {
  fc.assert(
    fc.property(configurations, (config) => {
      const resolved = resolveConfig(config);
      const words = configWords(resolved);
      assert.equal(configWords(resolveConfig(configFromWords(words, resolved.labels))), words);
    }),
  );
});

test('a decorrelating step is refused by name where it cannot be', () => {
  const refused = (change: object, message: RegExp): void => {
    assert.throws(() => resolveConfig({ inputs: 6, labels, ...change }), (error: Error) => error instanceof RangeError && message.test(error.message));
  };
  refused({ secondOrder: 'both' }, /^config\.secondOrder: got .*both.*; expected off, input, full$/);
  refused({ secondOrder: 'full', units: [513, 4] }, /^config\.secondOrder: 'full' does not work with 513 inputs of a layer, more than 512; make it 'off'$/);
  refused({ secondOrder: true }, /^config\.secondOrder: got true; expected off, input, full$/);
  refused({ secondOrder: 'input', prototypes: 1 }, /^config\.secondOrder: 'input' does not work with prototypes; make it 'off'$/);
  refused({ secondOrder: 'input', inputs: 513 }, /^config\.secondOrder: 'input' does not work with 513 inputs of a layer, more than 512; make it 'off'$/);
  const picture = (field: number, channels: number, secondOrder: string): object => ({ secondOrder, inputs: undefined, grid: { height: 24, width: 24, channels: 1 }, units: [{ field, stride: 1, channels }] });
  refused(picture(23, 8, 'input'), /^config\.secondOrder: 'input' does not work with 529 inputs of a layer, more than 512; make it 'off'$/);
  refused(picture(17, 16, 'full'), /^config\.secondOrder: 'full' does not work with 1024 units of a layer, more than 512; make it 'off'$/);
  assert.is(resolveConfig({ inputs: 512, labels, units: [513, 4], secondOrder: 'input' }).secondOrder, 'input');
  assert.is(resolveConfig({ labels, ...picture(22, 16, 'input') } as unknown as LearnerConfig).secondOrder, 'input'); // 576 values, windows of 484
  assert.is(resolveConfig({ inputs: 512, labels, units: [512, 512], secondOrder: 'full' }).secondOrder, 'full');
  refused({ secondOrder: 'full', units: [512, 513] }, /^config\.secondOrder: 'full' does not work with 513 units of a layer, more than 512; make it 'off'$/);
});

test('a decorrelating step survives its configuration words, and the core refuses codes that there are not', async () => {
  const config = resolveConfig({ inputs: 6, labels, secondOrder: 'input' });
  const words = configWords(config);
  assert.equal(resolveConfig(configFromWords(words, labels)), config);
  const core = instantiate(await compile('scalar', 'continual'), words);
  for (const [code, inputs, status] of [[3, 6, -10], [1, 513, -10], [2, 513, -10], [0, 513, 0], [1, 512, 0], [2, 512, 0]] as const) {
    const changed = words.slice();
    changed[0] = inputs;
    changed[4] = (changed[4]! & 31) | (code << 5);
    new Int32Array(core.memory.buffer, core.config(), 24).set(changed);
    assert.is(Math.min(core.plan(), 0), status, `code ${code}, ${inputs} inputs`);
  }
});

test('of all pairs of parts exactly those are refused that docs/parts.md lists, by the name of an option', () => {
  const parts: Record<string, LearnerWishes & { grid?: Grid; window?: WindowShape }> = {
    grid: { grid: { height: 4, width: 4, channels: 1 }, units: [{ field: 2, stride: 1, channels: 8 }, 8] }, window: { window: { axes: 1, samples: 16 } },
    exemplars: { exemplars: 9, exemplarBits: 4, keep: 'spread' }, prototypes: { prototypes: 2 }, drift: { drift: 'adwin' }, secondOrder: { secondOrder: 'full' },
    familiar: { familiar: true }, inputScale: { inputScale: 0.5 }, skipInput: { skipInput: true }, selfRate: { selfRate: false }, bits: { bits: 16 }, labelCapacity: { labelCapacity: 9 },
  };
  const listed = [...readFileSync(new URL('../docs/parts.md', import.meta.url), 'utf8').matchAll(/^\| `(\w+)`, `(\w+)` \|/gm)].map(([, one, other]) => `${one} ${other}`);
  const names = Object.keys(parts);
  const refused = names.flatMap((one, k) => names.slice(k + 1).flatMap((other) => {
    const config = { labels, ...parts[one], ...parts[other] };
    try {
      planOf(resolveConfig((config.window || config.grid ? config : { inputs: 5, ...config }) as LearnerConfig));
      return [];
    } catch (error) {
      assert.match((error as Error).message, new RegExp(`^config\\.(${one}|${other}): `));
      return [`${one} ${other}`];
    }
  }));
  assert.equal(refused.sort(), listed.sort());
});

test('every error code of the core has a sentence', async () => {
  const core = instantiate(await compile('scalar'), configWords(resolveConfig({ inputs: 6, labels })));
  const words = new Int32Array(core.memory.buffer, core.config(), 24);
  const good = [...words];
  const status = (index: number, value: number): number => {
    words.set(good);
    words[index] = value;
    return core.plan();
  };
  const codes = [status(0, 0), status(1, 1), status(2, 9), status(16, 0), status(3, 12), status(12, 4)];
  assert.equal(codes, [-1, -2, -3, -4, -5, -6]);
  assert.is(CORE_ERRORS.length, codes.length + 4); // two are of a memory, two of local fields
});

test.run();
