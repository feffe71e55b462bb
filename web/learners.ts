/** Networks for the signals of the page: of values, of windows of them, of sound, of pictures. */
import { resolveConfig, type LearnerConfig, type LearnerWishes } from '../host/config.js';
import { createLearner, loadLearner } from '../host/create-learner.js';
import type { Learner } from '../host/learner.js';
import { planOf } from '../host/plan.js';
import { PICTURE_FEATURES } from '../host/sources/picture-shape.js';
import { resolveSoundWindow, soundFeatures, type SoundWindow } from '../host/sound/window.js';
import { part } from './page.js';
import { words } from './words.js';

/** Moments of a sample, and values of a moment. */
export interface Shape {
  readonly channels: number;
  /** Moments of a sample; below 8 each moment is a sample of its own. */
  readonly window: number;
  /** Moments from one sample to the next, where they overlap. */
  readonly hop?: number;
  /** Moments a second, where they are sound. */
  readonly audio?: SoundWindow['audio'];
  /** A moment is a picture of the camera. */
  readonly picture?: true;
}

/** Past samples that are kept where labels are taught by hand, one after the other: 8 kB of a wand's strokes. */
export const EXEMPLARS = 200;

/** Labels that there is room for, where a signal does not bring more: two bytes a unit each. */
const LABEL_ROOM = 12;

/** Bytes of a network, before it is made. */
export function bytesNeeded(shape: Shape, settings: LearnerWishes, labels: readonly string[]): number {
  return planOf(resolveConfig(configOf(shape, settings, labels))).arena;
}

export async function createFor(shape: Shape, settings: LearnerWishes, labels: readonly string[]): Promise<Learner> {
  if (shape.picture) return (await part(import('./camera.js'))).createPictureLearner(configOf(shape, settings, labels));
  if (shape.audio === undefined) return createLearner(configOf(shape, settings, labels));
  const { createSoundLearner } = await part(import('../host/sound/index.js'));
  return createSoundLearner({ window: soundOf(shape)!, ...labelled(settings, labels) });
}

/** @throws LearnerError, Error: no snapshot, or one of a network that cannot listen to such a signal */
export async function loadFor(shape: Shape, snapshot: Uint8Array): Promise<Learner> {
  if (shape.picture) return (await part(import('./camera.js'))).loadPictureLearner(snapshot);
  const learner = shape.audio === undefined ? await loadLearner(snapshot) : await (await part(import('../host/sound/index.js'))).loadSoundLearner(snapshot);
  const [takes, own] = [tellShape(shapeOf(learner)), tellShape(shape)];
  if (takes === own) return learner;
  learner.dispose();
  throw new Error(words.misfit.snapshot(takes, own));
}

/** @throws Error for a sample that this network could not learn */
export function checkSamples({ inputs, labels }: Learner, samples: readonly { label: string; x: Float32Array }[]): void {
  const stranger = samples.find(({ label, x }) => x.length !== inputs || !labels.includes(label));
  if (stranger !== undefined) throw new Error(words.misfit.sample(stranger.x.length, stranger.label, inputs, labels.join(', ')));
}

export function configOf(shape: Shape, settings: LearnerWishes, labels: readonly string[]): LearnerConfig {
  const sound = soundOf(shape);
  const input = shape.picture ? { inputs: PICTURE_FEATURES } : sound ? { inputs: soundFeatures(resolveSoundWindow(sound)) } : shape.window > 1 ? { window: { axes: shape.channels, samples: shape.window } } : { inputs: shape.channels };
  return { ...input, ...labelled(settings, labels) };
}

const labelled = (settings: LearnerWishes, labels: readonly string[]) => ({ labels, labelCapacity: Math.max(LABEL_ROOM, labels.length), ...settings });

const soundOf = ({ audio, window }: Shape): SoundWindow | undefined => (audio === undefined ? undefined : { audio, samples: window });

function shapeOf(learner: Learner): Shape {
  if ('window' in learner) {
    const { audio, samples } = learner.window as Required<SoundWindow>;
    return { channels: 1, window: samples, audio };
  }
  const { window, inputs } = learner.config;
  return window === null ? { channels: inputs, window: 1 } : { channels: window.axes, window: window.samples };
}

function tellShape({ channels, window, audio }: Shape): string {
  if (audio !== undefined) return words.misfit.sound(window / audio, audio / 1000);
  return window === 1 ? words.misfit.moments(channels) : words.misfit.windows(window, channels);
}
