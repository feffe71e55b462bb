// The simulated world by itself: clock, flash, sensor.

import { Clock } from '../../firmware-sim/clock.js';
import { Flash, PowerCut } from '../../firmware-sim/flash.js';
import { Accelerometer, steps } from '../../firmware-sim/sensor.js';
import { assert, suite } from '../suite.js';

const clock = suite('virtual clock');

clock('alarms fire in order, at their time, also those that alarms set', () => {
  const time = new Clock();
  const fired: number[] = [];
  const note = (): void => void fired.push(time.nanos);
  time.at(300, note);
  time.at(100, () => {
    note();
    time.at(200, note);
  });
  const cancelled = time.createAlarm(() => fired.push(-1));
  cancelled.schedule(150);
  cancelled.cancel();
  time.tick(250);
  assert.equal(fired, [100, 200]);
  time.tick(250);
  assert.equal(fired, [100, 200, 300]);
  assert.is(time.nanos, 500);
  assert.is(time.next, Infinity);
});

clock.run();

const flash = suite('flash');

flash('programming clears bits and never sets them', () => {
  const chip = new Flash(512, 256, 16);
  chip.program(16, new Uint8Array(16).fill(0x0f));
  chip.program(16, new Uint8Array(16).fill(0x05));
  assert.throws(() => chip.program(16, new Uint8Array(16).fill(0x06)), /without erasing: 5 cannot become 6/);
  chip.erase(0);
  assert.is(chip.bytes[16], 0xff);
  assert.equal([...chip.wear], [1, 0]);
});

flash('whole sectors and whole units only', () => {
  const chip = new Flash(512, 256, 16);
  assert.throws(() => chip.erase(16), /sectors begin at multiples of 256/);
  assert.throws(() => chip.program(8, new Uint8Array(16)), /whole units of 16/);
  assert.throws(() => chip.program(0, new Uint8Array(15)), /whole units of 16/);
  assert.throws(() => new Flash(500, 256, 16), /multiple of the sector/);
});

flash('a cut leaves the bytes before it, tears the one under way, spares the rest', () => {
  const chip = new Flash(256, 256, 16);
  chip.cutAt = 5;
  assert.throws(() => chip.program(0, new Uint8Array(16)), (error: unknown) => error instanceof PowerCut);
  assert.equal([...chip.bytes.subarray(0, 5)], [0, 0, 0, 0, 0]);
  assert.equal([...chip.bytes.subarray(6, 16)], Array<number>(10).fill(0xff));
});

flash.run();

const sensor = suite('accelerometer');

function started(values: Int16Array): { time: Clock; chip: Accelerometer; get(at: number, count?: number): number[] } {
  const time = new Clock();
  const chip = new Accelerometer(time, { axes: 3, values });
  const transfer = (...bytes: number[]): number[] => {
    chip.select(true);
    const answer = bytes.map((byte) => chip.exchange(byte));
    chip.select(false);
    return answer.slice(1);
  };
  const get = (at: number, count = 1): number[] => transfer(0xc0 | at, ...Array<number>(count).fill(0));
  assert.equal(get(0x0f), [0x33]);
  transfer(0x24, 0x40);
  transfer(0x2e, 0x80);
  transfer(0x20, 0x47);
  return { time, chip, get };
}

sensor('readings come at 50 Hz, left-justified, low byte first', () => {
  const { time, get } = started(Int16Array.of(1, -1, 256, 2, 2, 2));
  assert.equal(get(0x2f), [0x20]);
  time.tick(20e6);
  assert.equal(get(0x2f), [1]);
  assert.equal(get(0x28, 6), [0x10, 0, 0xf0, 0xff, 0, 0x10]);
  assert.equal(get(0x2f), [0x20]);
});

sensor('the FIFO holds 32 and counts what it lost', () => {
  const { time, chip, get } = started(new Int16Array(300).map((_, index) => Math.floor(index / 3)));
  time.tick(40 * 20e6);
  assert.equal(get(0x2f), [31 | 0x40]);
  assert.equal(get(0x28, 2), [8 << 4, 0]);
  assert.is(chip.overruns, 8);
});

sensor('steps of 4 mg, +-8 g', () => {
  assert.equal([steps(1), steps(-0.002), steps(100), steps(-100)], [250, -0, 2047, -2048]);
});

sensor.run();
