// The store of snapshots by itself, over a flash of few sectors: what an earlier program of another size left is never lost to a save.

import { execFileSync } from 'node:child_process';
import { copyFileSync, existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { assert, needs, suite } from '../suite.js';
import { inFolder } from './c-program.js';

const test = suite('the store of a board', needs('gcc', 'sudo apt-get install gcc'));
const SOURCES = fileURLToPath(new URL('../../firmware-sim/firmware/', import.meta.url));

/** A program with a snapshot of SNAPSHOT bytes, of which the first says whose it is. It saves as often as it is told, and prints after each what the erased sectors held. */
const PROGRAM = `#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "flash.h"
#include "state.h"
static uint8_t flash[FLASH_STORE_BYTES];
static uint32_t erased[64], erasures;
void board_flash_erase(uint32_t at) { memset(flash + at, 0xff, FLASH_SECTOR); erased[erasures++ % 64] = at; }
void board_flash_program(uint32_t at, const uint8_t *unit) { for (int i = 0; i < FLASH_UNIT; i++) flash[at + i] &= unit[i]; }
void board_flash_read(uint32_t at, void *bytes, uint32_t count) { memcpy(bytes, flash + at, count); }
static uint8_t value;
uint32_t onward_snapshot_bytes(int (*read)(void *, uint32_t, void *, uint32_t), void *context) { (void)read; (void)context; return ONWARD_SNAPSHOT_BYTES; }
int onward_save(int (*write)(void *, const void *, uint32_t), void *context) {
  for (uint32_t i = 0; i < ONWARD_SNAPSHOT_BYTES; i++) {
    const uint8_t byte = i == 0 ? KIND : value;
    const int failed = write(context, &byte, 1);
    if (failed) return failed;
  }
  return 0;
}
int onward_load(int (*read)(void *, uint32_t, void *, uint32_t), void *context) {
  uint8_t bytes[2];
  if (read(context, 0, bytes, 2)) return ONWARD_DAMAGED;
  if (bytes[0] != KIND && bytes[0] != TAKES) return ONWARD_OTHER_SHAPE;
  value = bytes[1];
  return 0;
}
#include "store.c"
static int holds(uint32_t at, uint32_t bytes) {
  for (uint32_t k = 0; k < erasures; k++) if (erased[k] + FLASH_SECTOR > at && erased[k] < at + FLASH_UNIT + bytes) return 1;
  return 0;
}
int main(int count, char **words) {
  FILE *file = fopen("flash.bin", "rb");
  memset(flash, 0xff, sizeof flash);
  if (file) { if (fread(flash, 1, sizeof flash, file) != sizeof flash) return 1; fclose(file); }
  const uint32_t found = store_restore(onward_load);
  printf("%d:%d:%d", (int)found, value, store_refusal());
  for (int k = 0; count > 1 && k < atoi(words[1]); k++) {
    const uint32_t at = kept, bytes = length, before = newest;
    const uint32_t other = refused, others = refused_length;
    value = (uint8_t)(k + 1);
    erasures = 0;
    const uint32_t saved = store_save();
    printf(" %d%s%s", (int)saved, before && holds(at, bytes) ? "!" : "", store_refusal() && holds(other, others) ? "?" : "");
  }
  file = fopen("flash.bin", "wb");
  if (fwrite(flash, 1, sizeof flash, file) != sizeof flash) return 1;
  fclose(file);
  return 0;
}
`;

interface Version { kind: number; takes?: number; bytes: number }

/** What a version says: the snapshot it begins from as sequence:value:refusal, then each save, with ! where it erased the newest good one and ? where the refused one. */
function say(folder: string, { kind, takes = kind, bytes }: Version, saves: number): string {
  const program = `${kind}-${takes}-${bytes}`;
  if (!existsSync(join(folder, program))) {
    for (const file of ['store.c', 'store.h', 'flash.h', 'state.h', 'crc.h']) copyFileSync(join(SOURCES, file), join(folder, file));
    writeFileSync(join(folder, 'config.h'), '#define ONWARD_SPARE_LABELS 0\n');
    writeFileSync(join(folder, 'board-config.h'), `#define FLASH_STORE_BYTES ${16 * 256}\n#define FLASH_SECTOR 256\n#define FLASH_UNIT 16\n#define ONWARD_SNAPSHOT_BYTES ${bytes}\n`);
    writeFileSync(join(folder, 'main.c'), PROGRAM);
    execFileSync('gcc', ['-std=c11', '-O1', `-DKIND=${kind}`, `-DTAKES=${takes}`, 'main.c', '-o', program], { cwd: folder, stdio: 'pipe' });
  }
  return execFileSync(`./${program}`, [String(saves)], { cwd: folder, encoding: 'utf8' });
}

for (const [before, after] of [[900, 1400], [1400, 900], [1400, 1400], [900, 1900], [1900, 900], [200, 1900], [1900, 1900]] as const) {
  test(`a program with snapshots of ${after} bytes after another with ${before}: no save erases the newest, and a refused one gives way only where it must`, () =>
    inFolder(async (folder) => {
      for (const wasSaved of [1, 2, 3, 4, 5]) {
        writeFileSync(join(folder, 'flash.bin'), Buffer.alloc(16 * 256, 255));
        say(folder, { kind: 1, bytes: before }, wasSaved);
        const slots = Math.floor((16 * 256) / (Math.ceil((16 + after) / 256) * 256));
        const [found, ...saves] = say(folder, { kind: 2, bytes: after }, 6).split(' ');
        assert.is(found, '0:0:-3', `after ${wasSaved} saves`);
        assert.equal(saves.map((said) => said.replace('?', '')), [1, 2, 3, 4, 5, 6].map((k) => String(wasSaved + k)), `after ${wasSaved} saves`);
        if (slots > 3) assert.is(saves.join().includes('?'), false, `after ${wasSaved} saves: ${saves}`);
        // the newest is there after the power went
        assert.is(say(folder, { kind: 2, bytes: after }, 0).split(':').slice(0, 2).join(), `${wasSaved + 6},6`);
      }
    }));

  test(`the same where the update takes the snapshot over: it saves where it can, and where it cannot the old one stays`, () =>
    inFolder(async (folder) => {
      for (const wasSaved of [1, 2, 3, 4, 5]) {
        writeFileSync(join(folder, 'flash.bin'), Buffer.alloc(16 * 256, 255));
        say(folder, { kind: 1, bytes: before }, wasSaved);
        const [found, ...saves] = say(folder, { kind: 2, takes: 1, bytes: after }, 6).split(' ');
        assert.is(found, `${wasSaved}:${wasSaved}:0`);
        assert.is(saves.join().includes('!'), false, `after ${wasSaved} saves: ${saves}`);
        const cannot = saves.every((said) => said === '0');
        if (!cannot) assert.equal(saves, [1, 2, 3, 4, 5, 6].map((k) => String(wasSaved + k)));
        assert.is(say(folder, { kind: 2, takes: 1, bytes: after }, 0), cannot ? `${wasSaved}:${wasSaved}:0` : `${wasSaved + 6}:6:0`);
      }
    }));
}

test.run();
