// A learner of sound as firmware: the learner's C, and that of the front end beside it.

import type { ResolvedConfig } from '../host/config.js';
import { unpack } from '../host/packed.js';
import type { ResolvedSoundWindow } from '../host/sound/window.js';
import { fingerprint, packed } from '../host/wasm.sound.generated.js';
import { learnerSource, type Source } from './build.js';
import { corePlan } from './core-plan.js';
import type { Core } from './translate.js';

export const soundCore: Core = { title: 'front end of sound', file: 'sound-core.h', unit: 'sound', fingerprint, packed, compilation: ['--config', 'asconfig.sound.json', '--target', 'sound'] };

interface SoundExports {
  memory: WebAssembly.Memory;
  config(): number;
  plan(): number;
  arena(): number;
  stateBytes(): number;
}

/** @param config of the learner of its features */
export function soundSource(config: ResolvedConfig, { audio, samples, bands }: ResolvedSoundWindow, learned?: Uint8Array): Source {
  const core = new WebAssembly.Instance(new WebAssembly.Module(unpack(packed))).exports as unknown as SoundExports;
  new Int32Array(core.memory.buffer, core.config(), 3).set([audio, samples, bands]);
  const { low, bytes, arenaBytes } = corePlan(core);
  const source = learnerSource(config, learned);
  return {
    ...source,
    front: soundCore,
    shape: {
      ...source.shape, ONWARD_VALUES: samples,
      ONWARD_SOUND: 1, ONWARD_SOUND_RATE: audio, ONWARD_SOUND_BANDS: bands, ONWARD_SOUND_LOW: low, ONWARD_SOUND_BYTES: bytes, ONWARD_SOUND_ARENA_BYTES: arenaBytes,
    },
  };
}
