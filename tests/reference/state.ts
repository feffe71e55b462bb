// The state bytes of the core, from the reference's plain arrays and back: FORMAT.md as one walk over the fields.

import type { ReferenceLearner } from '../reference.js';
import { walkMemory } from './continual-state.js';
import type { Decorrelator } from './decorrelation.js';
import { padded, type Layer } from './layer.js';
import type { Channel } from './normaliser.js';
import { bytesOf, counted, fieldOf, restoreBytes, type Field } from './state-bytes.js';

export const stateOf = (learner: ReferenceLearner): Uint8Array => bytesOf(walk, learner);
export const restore = (learner: ReferenceLearner, bytes: Uint8Array): void => restoreBytes(walk, learner, bytes);
export const fieldAt = (learner: ReferenceLearner, offset: number): string => fieldOf(walk, learner, offset);

/** Every field in the order of the bytes; returns how many bytes they are. */
function walk(learner: ReferenceLearner, visit: Field): number {
  const { field, align, bytes } = counted(visit);

  learner.seen = field('seen', 'u64', learner.seen);
  learner.updates = field('updates', 'u64', learner.updates);
  learner.random.state = field('random', 'u32', learner.random.state);
  learner.rate = field('rate', 'i32', learner.rate);
  learner.boost = field('boost', 'i32', learner.boost);
  learner.labels = field('labels in use', 'i32', learner.labels);
  learner.certainty.sharpness = field('sharpness', 'i32', learner.certainty.sharpness);
  const marks = learner.familiar ?? { half: 0, tenth: 0, fiftieth: 0, placed: 0 };
  marks.half = field('half beyond', 'i16', marks.half);
  marks.tenth = field('a tenth beyond', 'i16', marks.tenth);
  marks.fiftieth = field('a fiftieth beyond', 'i16', marks.fiftieth);
  marks.placed = field('samples of the marks', 'u16', marks.placed);
  const votes = learner.votes ?? { weight: 0 };
  votes.weight = field('weight of votes', 'i16', votes.weight);
  learner.row.last = field('last label', 'u8', learner.row.last);
  learner.row.run = field('of it in a row', 'u8', learner.row.run);

  learner.normaliser.channels.forEach((channel, i) => {
    walkChannel(channel, `channel ${i}`, field);
  });

  learner.counts.forEach((count, c) => {
    learner.counts[c] = field(`samples of label ${c}`, 'u16', count);
  });
  align();

  const usuals = learner.familiar?.usuals ?? [];
  const rows = (name: string, kind: 'i8' | 'u8', key: 'mean' | 'deviation'): void => {
    usuals.forEach((usual, c) => {
      for (let i = 0; i < padded(learner.config.inputs); i++) {
        if (i >= learner.config.inputs) field('padding of usual values', 'i8', 0);
        else usual[key][i] = field(name, kind, usual[key][i], c, i);
      }
    });
    align();
  };
  usuals.forEach((usual, c) => { usual.count = field(`usual count of label ${c}`, 'u8', usual.count); });
  align();
  rows('usual mean', 'i8', 'mean');
  rows('usual deviation', 'u8', 'deviation');
  usuals.forEach((_, c) => field(`usual span of label ${c}`, 'i32', learner.familiar!.span(c)));
  align();
  learner.anchors.forEach((anchor, i) => { anchor.centre = field(`anchor ${i} centre`, 'i32', anchor.centre); });
  align();
  learner.anchors.forEach((anchor, i) => { anchor.scale = field(`anchor ${i} scale`, 'u16', anchor.scale); });
  align();

  learner.layers.forEach((layer, l) => walkLayer(layer, l, field, align));
  for (const decorrelator of [...learner.decorrelators, ...learner.pulls]) walkFactor(decorrelator, field, align);
  if (learner.memory) walkMemory(learner.memory, field, align);
  return bytes();
}

/** Weights, biases, gates, and the rate that finds itself. */
export function walkLayer(layer: Layer, l: number, field: Field, align: () => void): void {
  const { own, skipped, bits, local } = layer.config;
  const whole = padded(own) + padded(skipped);
  const lanes = padded(layer.m);
  const columns = Array.from({ length: local ? padded(layer.n) : whole }, () => -1); // which input stands in which column
  for (let i = 0; i < layer.n; i++) columns[layer.column(i)] = i;
  const places = Array.from({ length: whole }, () => -1); // the same of all inputs of the layer
  for (let i = 0; i < own + skipped; i++) places[layer.column(i)] = i;

  const weight = bits === 8 ? 'i8' : 'i16';
  const of = (what: string): string => `layer ${l} ${what}`;
  const [noWeight, aWeight, noBias, aBias, noGate, gate] = [of('padding of W'), of('W'), of('padding of b'), of('b'), of('padding of V'), of('V')];
  const [noPull, pull, noPlace, place] = [of('padding of rbar'), of('rbar'), of('padding of zbar'), of('zbar')];
  for (let j = 0; j < Math.ceil(layer.m / 4) * 4; j++) {
    for (const i of columns) {
      if (j >= layer.m || i < 0) field(noWeight, weight, 0);
      else layer.W[j][i] = field(aWeight, weight, layer.W[j][i], j, i);
    }
  }
  align();
  for (let j = 0; j < lanes; j++) {
    if (j >= layer.m) field(noBias, 'i32', 0);
    else layer.b[j] = field(aBias, 'i32', layer.b[j], j);
  }
  align();
  layer.V.forEach((gates, c) => {
    for (let j = 0; j < lanes; j++) {
      if (j >= layer.m) field(noGate, 'i16', -32767); // no activity under any label
      else gates[j] = field(gate, 'i16', gates[j], j, c);
    }
  });
  align();
  if (!layer.config.selfRate) return;
  for (let j = 0; j < lanes; j++) {
    if (j >= layer.m) field(noPull, 'i16', 0);
    else layer.rbar[j] = field(pull, 'i16', layer.rbar[j], j);
  }
  align();
  for (const i of places) {
    if (i < 0) field(noPlace, 'i16', 0);
    else layer.zbar[i] = field(place, 'i16', layer.zbar[i], i);
  }
  align();
  layer.logRate = field(`layer ${l} log rate`, 'i32', layer.logRate);
  align();
}

/** Bands of eight rows, each as wide as its last row. */
export function walkFactor(decorrelator: Decorrelator, field: Field, align: () => void): void {
  const { R, inputs } = decorrelator;
  decorrelator.count = field('factor count', 'u16', decorrelator.count);
  decorrelator.wait = field('factor wait', 'u16', decorrelator.wait);
  align();
  for (let i = 0; i < padded(inputs); i++) {
    for (let j = 0; j < padded(i + 1); j++) {
      if (i < inputs && j <= i) R[i][j] = field('factor R', 'i16', R[i][j], i, j);
      else field('padding of R', 'i16', 0);
    }
  }
  align();
}

export function walkChannel(channel: Channel, name: string, field: Field): void {
  channel.mean = field(`${name} mean`, 'i32', channel.mean);
  channel.variance = field(`${name} variance`, 'u32', channel.variance);
  channel.inverse = field(`${name} inverse`, 'u16', channel.inverse);
  channel.count = field(`${name} count`, 'u16', channel.count);
  channel.shift = field(`${name} shift`, 'i8', channel.shift);
  channel.exponent = field(`${name} exponent`, 'i8', channel.exponent);
  const { compression } = channel;
  compression.atom = field(`${name} atom`, 'u16', compression.atom);
  compression.centre = field(`${name} centre`, 'i32', compression.centre);
  compression.tail = field(`${name} tail`, 'i32', compression.tail);
  compression.reach = field(`${name} reach`, 'u32', compression.reach);
  compression.spread = field(`${name} spread`, 'i16', compression.spread);
  const pace = field(`${name} pace`, 'u16', compression.pull * 2048 + compression.moved);
  compression.moved = pace % 2048;
  compression.pull = Math.floor(pace / 2048);
}
