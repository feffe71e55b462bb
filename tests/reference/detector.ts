// The judge of the detector: both modes once more in plain integers, to be believed by reading. The core must agree byte for byte.

import { quotient } from './arithmetic.js';
import { Commissioned } from './detector/commissioned.js';
import { Joint } from './detector/joint.js';
import { Channel } from './detector/views.js';
import { Generator } from './random.js';

/** A configuration as the core gets it: integers. */
export interface DetectorIntegers {
  mode: 'streaming' | 'commissioned';
  channels: number;
  units: number;
  bits: 8 | 16;
  seed: number;
  warmup: number; // samples without alarms; in commissioned mode the ones that are learned
  hold: number; // samples after an alarm in which there is no other
  threshold: number; // of the score, Q24
  rise: number; // of the threshold after an alarm, Q24
  every: number; // samples in which that fades; 0: the threshold stays
  rate: number; // eta alpha, Q16
  alpha: number; // Q8
}

const JOINT = 12;
/** Values that a channel remembers. */
const historyOf = (channels: number): number => Math.min(Math.max(16 * quotient(1136, 16 * channels), 128), 1024);

export class ReferenceDetector {
  seen = 0;
  alarms = 0;
  held = 0;
  told = 0; // greatest score since the last alarm, Q16, fading over the hold
  recent = 0; // greatest score lately, Q16: a 96th fades with each sample
  score = 0; // Q16
  threshold: number; // Q24
  readonly random: Generator;
  streams: Channel[] = [];
  joint: Joint | undefined;
  machine: Commissioned | undefined;

  constructor(readonly config: DetectorIntegers) {
    this.random = new Generator(config.seed);
    this.threshold = config.threshold;
    this.commission();
  }

  /** Forgets what is normal, and learns it anew from what comes. */
  commission(): void {
    const { config, random } = this;
    if (config.mode === 'commissioned') this.machine = new Commissioned(config, random);
    else {
      this.joint = config.units === 0 ? undefined : new Joint(config, random);
      this.streams = Array.from({ length: config.channels }, () => new Channel(historyOf(config.channels), config.warmup, config.channels));
    }
    this.threshold = config.threshold;
    this.held = 0;
    this.told = 0;
    this.recent = 0;
  }

  /** One sample, binary32 bit patterns; whether it is an alarm. */
  observe(x: ArrayLike<number>): boolean {
    const { config, machine, joint, streams } = this;
    if (machine) machine.observe(x);
    else {
      joint?.observe(x, config.warmup);
      streams.forEach((stream, i) => stream.observe(x[i]));
    }
    this.score = machine ? machine.score : Math.max(...this.parts());
    this.seen++;
    this.recent = Math.max(this.score, this.recent - quotient(this.recent, 96));
    if (config.every > 0) this.threshold = Math.max(config.threshold, this.threshold - quotient(config.rise, config.every));
    if (this.held > 0) {
      this.held--;
      if (this.score < 2 * this.told) { // what is suddenly far worse is told all the same
        this.told = Math.max(this.told - quotient(this.told, config.hold), this.score);
        return false;
      }
    }
    if (this.score * 256 <= this.threshold) return false;
    this.alarms++;
    this.held = config.hold;
    this.told = this.score;
    if (config.every > 0) this.threshold += config.rise;
    return true;
  }

  /** Part of each channel in the score: streaming: its own score, Q16; commissioned: its part of goodness, Q8. */
  parts(): number[] {
    const { machine, joint, streams } = this;
    if (machine) return machine.net.parts;
    return streams.map(({ score }, i) => (isJoint(joint, i, score) ? joint!.score : score));
  }

  /** The view that gave each channel's score. */
  views(): number[] {
    const { machine, joint, streams } = this;
    return machine ? machine.net.parts.map(() => 0) : streams.map(({ score, view }, i) => (isJoint(joint, i, score) ? JOINT : view));
  }
}

/** An alarm of the view over all channels counts as one of the channel that has most of it. */
function isJoint(joint: Joint | undefined, channel: number, score: number): boolean {
  return joint !== undefined && joint.score > 65536 && joint.channel === channel && joint.score > score;
}
