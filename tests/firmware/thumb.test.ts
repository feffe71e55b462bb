// The quick instructions are rp2040js's: registers, flags, cycles and RAM after each of 65,536, from five states.

import { ConsoleLogger, LogLevel, RP2040 } from 'rp2040js';

import { Random } from '../../firmware-sim/random.js';
import { Thumb } from '../../firmware-sim/thumb.js';
import { assert, suite } from '../suite.js';

const [FLASH, RAM, MIDDLE] = [0x10000000, 0x20000000, 0x20010000];
const test = suite('quick instructions');

function chip(): RP2040 {
  const mcu = new RP2040();
  mcu.logger = new ConsoleLogger(LogLevel.Error, true);
  return mcu;
}

function same(found: number[], expected: number[], about: string): void {
  if (found.some((each, index) => each !== expected[index])) assert.equal(found, expected, about);
}

test('all that are executed do what rp2040js does, and what is left changes nothing', () => {
  const [quick, slow] = [chip(), chip()];
  const thumb = new Thumb(quick);
  const random = new Random(5);
  const EDGES = [0, 1, 31, 32, 33, 255, 0x7fffffff, 0x80000000, 0xffffffff];
  const value = (): number => [EDGES[random.below(EDGES.length)], random.below(64), random.below(2 ** 32), MIDDLE + 4 * random.below(8), MIDDLE + random.below(64), FLASH + 4 * random.below(16)][random.below(6)];
  const at = FLASH + 0x1000;
  const kinds = new Set<number>();
  const state = ({ core: { registers, N, Z, C, V, cycles } }: RP2040): number[] => [...registers, Number(N), Number(Z), Number(C), Number(V), cycles];
  for (const { sram } of [quick, slow]) for (let i = 0; i < sram.length; i++) sram[i] = (i * 7919) >> 5;

  for (let op = 0; op < 65536; op++) {
    for (let k = 0; k < 5; k++) {
      const second = random.below(65536);
      const registers = Array.from({ length: 15 }, (_, index) => (index === 13 ? MIDDLE + 4 * random.below(100) : value()));
      const flags = random.below(16);
      for (const { core, flash16 } of [quick, slow] as unknown as { core: RP2040['core']; flash16: Uint16Array }[]) {
        [flash16[0x800], flash16[0x801]] = [op, second];
        core.registers.set([...registers, at]);
        [core.N, core.Z, core.C, core.V] = [1, 2, 4, 8].map((bit) => (flags & bit) > 0);
      }
      const before = state(quick);
      const cycles = thumb.run(1);
      if (cycles === 0) {
        same(state(quick), before, `${op.toString(2)} is left half way`);
        continue;
      }
      kinds.add(op >> 6);
      slow.core.executeInstruction();
      // rp2040js adds the carry before it looks at the signs, so that a sum beyond the largest number goes unseen
      const [d, m] = [registers[op & 7], registers[(op >> 3) & 7]];
      if ((op >> 6 === 0b0100000101 && flags & 4 && d === 0x7fffffff) || (op >> 6 === 0b0100000110 && !(flags & 4) && m === 0x7fffffff)) slow.core.V = quick.core.V;
      same(state(quick), state(slow), `${op.toString(2)} from ${before.join()}`);
    }
    if (op % 4096 === 4095) assert.is(Buffer.compare(quick.sram, slow.sram), 0, `RAM after ${op.toString(2)}`);
  }
  assert.ok(kinds.size > 850, `${kinds.size} of 1,024 kinds were executed`);
});

test('the lowest stack pointer of a push is kept', () => {
  const mcu = chip();
  const thumb = new Thumb(mcu);
  mcu.flash.set([0x00, 0xb5]); // push {lr}
  mcu.core.registers[13] = RAM + 64;
  mcu.core.registers[15] = FLASH;
  assert.is(thumb.run(1), 1);
  assert.is(thumb.lowestStack, RAM + 60);
});

test.run();
