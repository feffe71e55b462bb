// The bytes of the memory, after the layers: FORMAT.md, section 2, as one walk over the fields.

import type { Codes } from './continual-codes.js';
import type { Memory } from './continual-memory.js';
import type { Field } from './state-bytes.js';

export function walkMemory(memory: Memory, field: Field, align: () => void): void {
  const { codes, detector, labels, exemplars, prototypes } = memory;
  memory.age = field('memory age', 'u32', memory.age);
  const votes = memory.votes ?? { weight: 0 };
  votes.weight = field('weight of the nearest', 'i16', votes.weight);
  field('reserved', 'u16', 0);
  field('reserved', 'u32', 0);
  memory.stored = field('memory stored', 'i32', memory.stored);
  codes.low = field('codes low', 'i16', codes.low);
  codes.step = field('codes step', 'i16', codes.step);
  memory.doubt = field('memory doubt', 'u16', memory.doubt);
  memory.contradicted = field('memory contradicted', 'u16', memory.contradicted);
  detector.fast = field('detector fast', 'i32', detector.fast);
  detector.slow = field('detector slow', 'i32', detector.slow);
  detector.watched = field('detector watched', 'u32', detector.watched);
  field('padding', 'u32', 0);
  detector.sum = field('detector sum', 'u64', detector.sum);
  detector.least = field('detector least', 'i32', detector.least);
  detector.leastDeviation = field('detector least deviation', 'i32', detector.leastDeviation);
  memory.alarms = field('memory alarms', 'u32', memory.alarms);
  memory.lastAlarm = field('memory last alarm', 'u32', memory.lastAlarm);
  memory.judged = field('memory judged', 'u16', memory.judged);
  memory.share = field('memory share', 'u16', memory.share);
  memory.harm = field('memory harm', 'i32', memory.harm);
  for (let word = 0; word < 8; word++) {
    const bits = detector.recent.slice(word * 32, word * 32 + 32);
    const value = field(`detector recent, word ${word}`, 'u32', bits.reduce((sum, wrong, k) => sum + (wrong ? 2 ** k : 0), 0));
    bits.forEach((_, k) => { detector.recent[word * 32 + k] = Math.floor(value / 2 ** k) % 2 === 1; });
  }
  memory.inputPrint = field('memory input print', 'u32', memory.inputPrint);
  memory.turn = field('memory turn', 'u32', memory.turn);

  labels.forEach((own, c) => {
    own.offered = field(`label ${c} offered`, 'u32', own.offered);
    own.last = field(`label ${c} last`, 'u32', own.last);
    own.seen = field(`label ${c} seen`, 'u16', own.seen);
    own.kept = field(`label ${c} kept`, 'u16', own.kept);
    own.newest = field(`label ${c} newest`, 'u16', own.newest);
    own.secondNewest = field(`label ${c} second newest`, 'u16', own.secondNewest);
  });

  exemplars.forEach((exemplar, k) => { exemplar.label = field(`exemplar ${k} label`, 'u8', exemplar.label); });
  align();
  exemplars.forEach((exemplar, k) => walkCodes(exemplar.codes, codes, `exemplar ${k}`, field));
  align();

  const each = prototypes.flatMap((row, c) => row.map((prototype, k) => ({ prototype, name: `label ${c} prototype ${k}` })));
  for (const { prototype, name } of each) prototype.count = field(`${name} count`, 'u16', prototype.count);
  align();
  for (const { prototype, name } of each) walkCodes(prototype.means, codes, `${name} mean`, field);
  align();
  for (const { prototype, name } of each) walkCodes(prototype.deviations, codes, `${name} deviation`, field);
  align();
}

/** Groups of 8 bytes: the low bits of byte 0 to 7 are the first eight codes, the bits above those the next eight. */
function walkCodes(row: number[], { most }: Codes, name: string, field: Field): void {
  const planes = Math.log(256) / Math.log(most + 1);
  for (let first = 0; first < row.length; first += 8 * Math.round(planes)) {
    for (let byte = 0; byte < 8; byte++) {
      const places = Array.from({ length: Math.round(planes) }, (_, plane) => first + 8 * plane + byte);
      const value = field(`${name} codes of inputs ${places.join(', ')}`, 'u8', places.reduce((sum, i, plane) => sum + (row[i] ?? 0) * (most + 1) ** plane, 0));
      places.forEach((i, plane) => { if (i < row.length) row[i] = Math.floor(value / (most + 1) ** plane) % (most + 1); });
    }
  }
}
