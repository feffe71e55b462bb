// An ATmega2560, where int has 16 bits, pointers too, and constants lie in another memory: the exported C learns Node's bytes there, too.

import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { exportLearner } from '../../firmware-sim/export.js';
import { linesOf, snapshotIn } from '../../firmware-sim/exported.js';
import { judge } from '../../firmware-sim/learners.js';
import { samplesFor } from '../../firmware-sim/vectors.js';
import { resolveConfig, type LearnerConfig } from '../../host/config.js';
import { decodeSnapshot } from '../../host/snapshot.js';
import { assert, needs, suite } from '../suite.js';

const compiler = needs('avr-gcc', 'sudo apt-get install --no-install-recommends gcc-avr avr-libc');
const simulator = needs('simavr', 'sudo apt-get install --no-install-recommends simavr');
const CORE = '/usr/share/arduino/hardware/arduino/avr';
const arduino = needs('arduino-core-avr', 'sudo apt-get install --no-install-recommends arduino-core-avr', existsSync(CORE));
const strict = ['-mmcu=atmega2560', '-Os', '-Wall', '-Wextra'];

async function inFolder(work: (folder: string) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'onward-avr-'));
  try {
    await work(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Learns the lines of given.h and answers over the UART, in pieces that simavr shows; then it sleeps for good, which ends simavr. */
const MAIN = `#include <avr/interrupt.h>
#include <avr/io.h>
#include <avr/pgmspace.h>
#include <avr/sleep.h>
#include "lines.h"
#include "given.h"
static void send(char byte) {
  while (!(UCSR0A & 1 << UDRE0)) {}
  UDR0 = (uint8_t)byte;
}
void onward_line_put(char byte) {
  static uint8_t column;
  if (byte != '\\n' && column == 100) send('\\n'), column = 0;
  send(byte);
  column = byte == '\\n' ? 0 : column + 1;
}
int onward_line_save(void) { return 1; }
static void end(void) {
  cli();
  sleep_enable();
  for (;;) sleep_cpu();
}
void onward_trap(int code) {
  send('!'), send((char)('0' + code)), send('\\n');
  end();
  for (;;) {}
}
int main(void) {
  UCSR0B = 1 << TXEN0;
  onward_init();
  for (uint16_t at = 0; at < sizeof given - 1; at++) onward_line((char)pgm_read_byte(given + at));
  end();
}
`;

function learnedOnAvr(folder: string, lines: readonly string[]): Uint8Array {
  writeFileSync(join(folder, 'main.c'), MAIN);
  writeFileSync(join(folder, 'given.h'), `static const char given[] PROGMEM = ${JSON.stringify([...lines, 'snapshot', ''].join('\n'))};\n`);
  execFileSync('avr-gcc', [...strict, '-Werror', '-std=c11', 'main.c', 'learner.c', 'lines.c', '-o', 'mega.elf'], { cwd: folder, stdio: 'pipe' });
  const said = execFileSync('sh', ['-c', 'simavr -m atmega2560 -f 16000000 mega.elf 2>&1'], { cwd: folder, encoding: 'latin1', stdio: 'pipe', timeout: 60_000 })
    .replace(/\x1b\[[\d;]*m/g, '')
    .split('\n')
    .filter((line) => !line.startsWith('Loaded'))
    .map((line) => line.replace(/\.$/, ''));
  const at = said.findIndex((line) => line.startsWith('snapshot,'));
  if (at < 0) throw new Error(`no snapshot: ${said.slice(-3).join(' | ')}`);
  return snapshotIn(said.slice(at).join(''));
}

const KINDS: Readonly<Record<string, LearnerConfig>> = {
  'int8': { inputs: 16, units: [32, 32], labels: ['a', 'b', 'c', 'd'], bits: 8, familiar: false },
  'int16, and a label that comes later': { inputs: 4, units: [16], labels: ['a', 'b'], labelCapacity: 3, bits: 16 },
  'windows': { window: { axes: 2, samples: 8 }, units: [8], labels: ['a', 'b'] },
  'exemplars and drift': { inputs: 4, units: [8], labels: ['a', 'b'], exemplars: 10, drift: 'two-rates' },
};

const test = suite('exported C on an ATmega2560', compiler, simulator);

for (const [kind, wishes] of Object.entries(KINDS)) {
  test(`${kind}: the bytes of Node, and it goes on from what the export carries`, () =>
    inFolder(async (folder) => {
      const config = resolveConfig(wishes);
      const names = ['a', 'b', 'label 2'];
      const samples = samplesFor({ ...config, labels: config.labelCapacity > config.labels.length ? names : config.labels }, 60, 4);
      const node = await judge(config);
      const learn = (count: number, from = 0): void => {
        for (const { x, label } of samples.slice(from, from + count)) node.learn(x, node.labels[label] ?? names[label]!);
      };
      learn(30);
      const half = node.save();
      const { config: learned, state } = decodeSnapshot(half);
      exportLearner('arduino', folder, config);
      const lines = linesOf(config.labelCapacity > config.labels.length ? names : config.labels, samples);
      assert.equal(Buffer.from(learnedOnAvr(folder, lines.slice(0, 30))), Buffer.from(half));
      learn(30, 30);
      exportLearner('arduino', folder, learned, state);
      assert.equal(Buffer.from(learnedOnAvr(folder, lines.slice(30))), Buffer.from(node.save()));
    }));
}

test.run();

const sketch = suite('the Arduino sketch', compiler, arduino);

sketch('compiles and links with Arduino\'s own core for a Mega, and leaves a kilobyte of its RAM', () =>
  inFolder(async (folder) => {
    exportLearner('arduino', folder, resolveConfig({ inputs: 16, units: [32, 32], labels: ['a', 'b', 'c', 'd'], bits: 8, familiar: false }));
    const core = ['-DF_CPU=16000000L', '-DARDUINO=10808', '-DARDUINO_AVR_MEGA2560', '-DARDUINO_ARCH_AVR', '-I', `${CORE}/cores/arduino`, '-I', `${CORE}/variants/mega`, '-ffunction-sections', '-fdata-sections'];
    const sources = ['main.cpp', 'HardwareSerial.cpp', 'HardwareSerial0.cpp', 'Print.cpp', 'abi.cpp', 'new.cpp'].map((file) => `${CORE}/cores/arduino/${file}`);
    const plain = ['wiring.c', 'hooks.c'].map((file) => `${CORE}/cores/arduino/${file}`);
    const sketchFile = `${folder.split('/').at(-1)}.ino`;
    execFileSync('avr-gcc', [...strict, '-Werror', ...core, '-std=gnu11', '-c', 'learner.c', 'lines.c'], { cwd: folder, stdio: 'pipe' });
    execFileSync('avr-gcc', [...strict, '-w', ...core, '-std=gnu11', '-c', ...plain], { cwd: folder, stdio: 'pipe' });
    execFileSync('avr-g++', [...strict, '-w', ...core, '-std=gnu++11', '-c', ...sources], { cwd: folder, stdio: 'pipe' });
    execFileSync('avr-g++', [...strict, '-Werror', ...core, '-std=gnu++11', '-include', 'Arduino.h', '-x', 'c++', '-c', sketchFile, '-o', 'sketch.o'], { cwd: folder, stdio: 'pipe' });
    execFileSync('sh', ['-c', 'avr-g++ -mmcu=atmega2560 -Wl,--gc-sections *.o -o mega.elf'], { cwd: folder, stdio: 'pipe' });
    const [, data, bss] = execFileSync('avr-size', ['mega.elf'], { cwd: folder, encoding: 'utf8' }).split('\n')[1]!.trim().split(/\s+/).map(Number);
    assert.ok(data! + bss! <= 7 * 1024, `${data! + bss!} bytes`);
  }));

sketch.run();
