// The files that a Pico takes by USB: read back block by block, they are flash that the chip's ROM starts, and the program in it learns Node's bytes.

import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

import { boardNamed, storeBytes } from '../../firmware-sim/boards.js';
import { buildFirmware, learnerSource } from '../../firmware-sim/build.js';
import { converseOver, linesOf, snapshotIn } from '../../firmware-sim/exported.js';
import { judge, learnedHash, learners } from '../../firmware-sim/learners.js';
import { Rp2040Device } from '../../firmware-sim/rp2040.js';
import { uf2Of } from '../../firmware-sim/uf2.js';
import { samplesFor, statusOf, vectorSession } from '../../firmware-sim/vectors.js';
import { resolveConfig } from '../../host/config.js';
import { assert, needs, suite } from '../suite.js';
import { inFolder } from './c-program.js';
import { toolsOf } from './tools.js';

const test = suite('UF2', ...toolsOf('rp2040'), needs('gcc', 'sudo apt-get install gcc'));
const FLASH = 0x10000000;

/** Flash as a boot loader fills it: each block goes where it says. */
function flashOf(file: Uint8Array): Uint8Array {
  assert.is(file.length % 512, 0);
  const blocks = Array.from({ length: file.length / 512 }, (_, at) => new DataView(file.buffer, file.byteOffset + at * 512, 512));
  const flash = new Uint8Array(blocks.length * 256);
  blocks.forEach((block, index) => {
    const word = (at: number): number => block.getUint32(at, true);
    assert.equal([word(0), word(4), word(508)], [0x0a324655, 0x9e5d5157, 0x0ab16f30]);
    assert.equal([word(8), word(16), word(20), word(24), word(28)], [0x2000, 256, index, blocks.length, 0xe48bff56]);
    flash.set(new Uint8Array(block.buffer, block.byteOffset + 32, 256), word(12) - FLASH);
  });
  return flash;
}

/** The remainder of 252 bytes and their checksum in GF(2), by long division of one number: 0 where it is right. */
function remainder(flash: Uint8Array): bigint {
  const message = [...flash.subarray(0, 252), ...flash.subarray(252, 256).toReversed()];
  message.forEach((byte, at) => (message[at] = at < 4 ? byte ^ 0xff : byte));
  let value = BigInt(`0x${Buffer.from(message).toString('hex')}`);
  for (let bit = 256n * 8n - 1n; bit >= 32n; bit--) if ((value >> bit) & 1n) value ^= 0x104c11db7n << (bit - 32n);
  return value;
}

const deviceWith = (flash: Uint8Array, snapshotBytes: number): Rp2040Device =>
  new Rp2040Device({ segments: [{ address: FLASH, bytes: flash }], symbols: [], flashBytes: 0, ramBytes: 0 }, Math.ceil(storeBytes(boardNamed('rp2040'), snapshotBytes) / 2 ** 18) * 2 ** 18);

test('of an exported program, from two commands: flash starts from its first byte on, learns Node\'s bytes, and has them after power is off', () =>
  inFolder(async (folder) => {
    const onward = (...argv: string[]) => spawnSync(process.execPath, [resolve('dist/cli.js'), ...argv], { cwd: folder, encoding: 'utf8' });
    const config = resolveConfig({ inputs: 3, units: [8], labels: ['idle', 'run', 'worn'], bits: 8 });
    assert.is(onward('export', 'out', '--board', 'pico', '--inputs', '3', '--units', '8', '--labels', 'idle,run,worn').status, 0);
    const { status, stderr } = onward('simulate', 'out', '--samples', '6', '--uf2', 'learner.uf2', '--quiet');
    assert.is(status, 0, stderr);
    const flash = flashOf(readFileSync(join(folder, 'learner.uf2')));
    assert.is(remainder(flash), 0n);
    assert.ok(flash.subarray(0, 252).some((byte) => byte !== 0));
    flash[9]! ^= 1;
    assert.is.not(remainder(flash), 0n);
    flash[9]! ^= 1;

    const device = deviceWith(flash, 8000);
    const samples = samplesFor(config, 30, 3);
    const said = converseOver(device, [...linesOf(config.labels, samples), 'snapshot', 'save']);
    const node = await judge(config);
    for (const { x, label } of samples) node.learn(x, node.labels[label]!);
    assert.equal([Buffer.from(snapshotIn(said.at(-2)!)), said.at(-1)], [Buffer.from(node.save()), 'saved']);
    assert.equal(Buffer.from(snapshotIn(converseOver(device, ['snapshot'])[0]!)), Buffer.from(node.save()));

    assert.match(onward('simulate', '--uf2', 'x.uf2', '--board', 'microbit').stderr, /--uf2 is for the rp2040, got --board microbit/);
    assert.is(onward('export', 'other', '--inputs', '3', '--labels', 'a,b').status, 0);
    assert.match(onward('simulate', 'other', '--uf2', 'x.uf2').stderr, /--uf2 is for an export of --board pico: other is one of generic/);
  }));

test('of the firmware that speaks in frames: what a fleet and a serial source have at the other end of their line', async () => {
  const config = learners.tiny;
  const source = learnerSource(config);
  const flash = flashOf(uf2Of(buildFirmware(boardNamed('rp2040'), source, { bootable: true, saveEvery: 5 }).image));
  const samples = samplesFor(config, 60, 4);
  const device = deviceWith(flash, source.snapshotBytes);
  const outcome = device.playNow(vectorSession(samples, 8)); // a save takes 7 ticks at most
  const node = await judge(config);
  for (const { x, label } of samples) node.learn(x, node.labels[label]!);
  assert.equal([outcome.end, statusOf(outcome).hash], ['off', learnedHash(node)]);
  // saves wear each sector of the region once before any a second time
  assert.equal([Math.max(...device.flash.wear), device.flash.wear.reduce((sum, each) => sum + each, 0)], [1, 12]);
});

test.run();
