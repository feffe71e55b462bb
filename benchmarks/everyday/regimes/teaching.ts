/** Taught once for a few seconds, then left alone: samples go on coming, labels do not. */
import { cells, type Cell, type Regime } from '../cell.js';
import { idle, pass, teach, type Step } from '../script.js';
import { byLabel, clouds, recorded, type Samples, type TaskSource } from '../tasks.js';

const TAUGHT = 60; // samples a label
const ALONE = 20_000;
const RUN = 500;
const DRIFT = 6; // deviations of a cloud by which every input has moved at the end

/** Machine states: six inputs, three clouds. */
const states = clouds(6, 3, 8);
const SOURCES: readonly TaskSource[] = [recorded('digits'), recorded('fan'), recorded('wifi_rooms'), recorded('keystroke')];

/** The first `TAUGHT` of each label are taught; the others are what comes later, label by label. */
function divided(samples: Samples, labels: number): { taught: Step[][]; later: Float32Array[][] } {
  const groups = byLabel(samples, labels);
  const counts = groups.map((group) => Math.min(TAUGHT, Math.floor(group.length / 2)));
  return { taught: groups.map((group, y) => group.slice(0, counts[y]).map((x) => teach(x, y))), later: groups.map((group, y) => group.slice(counts[y])) };
}

/** After teaching, mixed or one label after the other, `count` samples; `next` says which label comes. */
function alone(regime: string, count: number, next: (k: number, labels: number, uniform: number, seed: number) => number, { moved = 0, inTurn = false } = {}): Regime {
  return {
    regime,
    steps(task, random, length, seed) {
      const { taught, later } = divided(task.draw(random, 6000), task.labels);
      const total = length(count);
      const came = Array.from({ length: total }, (_, k): Step => {
        const y = next(k, task.labels, random.uniform(), seed);
        const x = later[y][random.below(later[y].length)];
        return pass(moved === 0 ? x : x.map((v) => v + (moved * k) / total), y);
      });
      return [...(inTurn ? taught.flatMap((block) => [...block, idle]) : [...random.shuffle(taught.flat()), idle]), ...came];
    },
  };
}

const oneState = (state?: number) =>
  alone(state === undefined ? 'one state only (the seed says which)' : `state ${'ABC'[state]} only`, state === undefined ? ALONE / 4 : ALONE, (_k, labels, _u, seed) => state ?? seed % labels);
const runs = alone('runs of 500', ALONE / 4, (k, labels) => Math.floor(k / RUN) % labels);
const mixture = alone('mixed', ALONE / 4, (_k, labels, u) => Math.floor(u * labels));
const mostlyOne = alone('nine in ten of one state', ALONE / 4, (_k, labels, u) => (u < 0.9 ? 0 : Math.floor(((u - 0.9) / 0.1) * labels)));
const drifting = alone('mixed, drifting', ALONE / 4, (_k, labels, u) => Math.floor(u * labels), { moved: DRIFT });
const inTurn = alone('taught in turn, then mixed', ALONE / 4, (_k, labels, u) => Math.floor(u * labels), { inTurn: true });

/** Nothing but one of the states: what follows the samples without a label goes astray here first. */
export const oneStateOnly: readonly Cell[] = [
  ...[0, 1, 2].flatMap((state) => cells('Taught once, left alone', oneState(state), [states])),
  ...cells('Taught once, left alone', oneState(), SOURCES),
];

export const teaching: readonly Cell[] = [
  ...oneStateOnly,
  ...cells('Taught once, left alone', runs, [states, ...SOURCES.slice(0, 2)]),
  ...cells('Taught once, left alone', inTurn, [states, ...SOURCES]),
  ...[mixture, mostlyOne, drifting].flatMap((regime) => cells('Taught once, left alone', regime, [states])),
];
