// The image that the package carries: the fan learner on an rp2040, so that `onward simulate` runs with npm alone.
// `npm run firmware:image` builds it; a test says when it is no longer what the sources give.

import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import { boardNamed, storeBytes } from './boards.js';
import { buildFirmware, learnerSource } from './build.js';
import { readElf, type Image } from './elf.js';
import { learners } from './learners.js';
import { Rp2040Device } from './rp2040.js';
import { forget, packed, shippedCore, shippedCores, translation } from './translate.js';

export const shippedImage = fileURLToPath(new URL('../firmware-sim/images/rp2040-fan.elf', import.meta.url));

export function buildShippedImage(): Uint8Array {
  return buildFirmware(boardNamed('rp2040'), learnerSource(learners.fan)).elf;
}

export function shippedDevice(): { device: Rp2040Device; image: Image } {
  const image = readElf(readFileSync(shippedImage));
  return { device: new Rp2040Device(image, storeBytes(boardNamed('rp2040'), learnerSource(learners.fan).snapshotBytes)), image };
}

/** The work of `npm run firmware:image`. */
export function ship(): void {
  for (const core of shippedCores) {
    forget(core); // the translation may have changed, not only the core
    writeFileSync(shippedCore(core), packed(translation(core)));
  }
  writeFileSync(shippedImage, buildShippedImage());
}
