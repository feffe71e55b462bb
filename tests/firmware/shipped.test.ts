// What the package carries for people without a compiler. If this fails, the core has changed since: `npm run firmware:image`.

import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { judge, learners } from '../../firmware-sim/learners.js';
import { objectOf } from '../../firmware-sim/objects.js';
import { playOf } from '../../firmware-sim/recording.js';
import { shippedDevice } from '../../firmware-sim/shipped.js';
import { simulate, windowExperiment } from '../../firmware-sim/simulation.js';
import { shippedCores, shippedIsCurrent } from '../../firmware-sim/translate.js';
import { fanWindows } from '../../cli/fan.js';
import { assert, needs, suite } from '../suite.js';
import { inFolder } from './c-program.js';

const test = suite('shipped firmware');

test('the translated cores are those of this build', () => {
  for (const core of shippedCores) assert.ok(shippedIsCurrent(core), core.title);
});

test('the rp2040 image learns the bytes of Node and saves on the way', async () => {
  const { labels, windows } = await fanWindows(1);
  const { device } = shippedDevice();
  const result = await simulate(device, await judge(learners.fan), windowExperiment(playOf(windows.slice(0, 110), labels, 3), 50));
  assert.is(result.samples, 110);
  assert.is(result.saves, 1);
  assert.ok(result.bytesEqual);
});

test.run();

const objects = suite('objects that images share', needs('gcc', 'sudo apt-get install gcc'));

/** A folder, and one in it for the objects that are kept meanwhile. */
const keeping = (work: (folder: string, shared: string) => void): Promise<void> =>
  inFolder(async (folder) => {
    const shared = join(folder, 'shared');
    mkdirSync(shared);
    const before = process.env['ONWARD_OBJECTS'];
    process.env['ONWARD_OBJECTS'] = shared;
    try {
      work(folder, shared);
    } finally {
      if (before === undefined) delete process.env['ONWARD_OBJECTS'];
      else process.env['ONWARD_OBJECTS'] = before;
    }
  });

objects('one is compiled once; another header, flag or file makes another, and what is compiled again is the same', () =>
  keeping((folder, shared) => {
    const made = (value: number, ...flags: string[]): Buffer => {
      writeFileSync(join(folder, 'size.h'), `#define SIZE ${value}\n`);
      writeFileSync(join(folder, 'file.c'), '#include "size.h"\nint size(void) { return SIZE; }\n');
      return readFileSync(join(folder, objectOf('gcc', flags, 'file.c', folder)));
    };
    const first = made(1, '-O1');
    assert.not.equal(made(2, '-O1'), first);
    made(1, '-Os');
    assert.equal(made(1, '-O1'), first);
    assert.is(readdirSync(shared).length, 3);
    assert.ok(readdirSync(shared).some((name) => Buffer.compare(readFileSync(join(shared, name)), first) === 0));
    assert.throws(() => made(Number.NaN, '-O1'), /NaN/);
    assert.is(readdirSync(shared).length, 3);
  }));

objects('a header is seen however it is included', () =>
  keeping((folder) => {
    mkdirSync(join(folder, 'headers'));
    const ways: [include: string, ...flags: string[]][] = [
      ['"size.h"', '-I', 'headers'], ['<size.h>', '-I', 'headers'], ['"size.h"', '-Iheaders'], ['<size.h>', '-isystem', 'headers'],
      ['"size.h"', '-iquote', 'headers'], ['SIZE_H', '-I', 'headers', '-DSIZE_H="size.h"'], ['"limits.h"', '-include', 'headers/size.h'],
    ];
    for (const [include, ...flags] of ways) {
      writeFileSync(join(folder, 'file.c'), `#include ${include}\nint size(void) { return SIZE; }\n`);
      const made = [1, 2].map((value) => {
        writeFileSync(join(folder, 'headers/size.h'), `#define SIZE ${value}\n`);
        return readFileSync(join(folder, objectOf('gcc', flags, 'file.c', folder)));
      });
      assert.not.equal(made[0], made[1], [include, ...flags].join(' '));
    }
  }));

objects.run();
