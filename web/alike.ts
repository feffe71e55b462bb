/**
 * How much nearer a sound or a picture is to the lessons of its answer than to those of any other label. Familiarity does not tell what nobody taught there: three seconds
 * know one pitch, or one light. What nobody taught lies between the labels, or far from all of them, about as far from one as from the next (docs/decisions/pages.md).
 */
import { PICTURE_SIDE } from '../host/sources/picture-shape.js';
import { PARTS } from '../host/sound/window.js';
import type { Lesson, Lessons } from './lessons.js';

/** Lessons of a label that are looked at. */
const NEWEST = 100;

/** Features of lessons that are not known yet are made for so long, then for as long not: of sound they take a millisecond each. */
const SLICE_MS = 8;

/** Of 1,200 lessons of sound at all their pitches it takes 20 ms to weigh them, as long as an answer among them, so not after each that is taught. */
const WEIGH_EVERY_MS = 1000;

/** The answer goes by the mean of so many samples, which overlap or are a tenth of a second apart. */
const STEADY = 3;

/** A sound counts at other pitches, too: moved by up to six bands, some sixth of an octave each, half a band at a time. */
const PITCHES = Array.from({ length: 25 }, (_, i) => i / 2 - 6);

/** A feature that hardly varies within a label counts as if it did by so much of what all of them vary. */
const LEAST = 0.03;

export class Alike {
  readonly #features: (x: Float32Array) => Float32Array;
  readonly #isPicture: boolean;
  readonly #lessons: () => Pick<Lessons, 'all' | 'version'> | undefined;
  /** A lesson as it was and as it could have been: at other pitches, or in a mirror. */
  readonly #views = new WeakMap<Lesson, readonly Float32Array[]>();
  #labels = new Map<string, Float32Array[]>();
  #weights: ArrayLike<number> = [];
  #version = -1;
  #weighedAt = -Infinity;
  #goesOn: ReturnType<typeof setTimeout> | undefined;
  /** Of the last samples, by label: how far it is, as a share of how far the nearest other is. */
  #last: Map<string, number>[] = [];

  constructor(isPicture: boolean, features: (x: Float32Array) => Float32Array, lessons: () => Pick<Lessons, 'all' | 'version'> | undefined) {
    this.#isPicture = isPicture;
    this.#features = features;
    this.#lessons = lessons;
  }

  /**
   * Of each label; 1: it is one of the lessons, 0: those of another are as near. Undefined while fewer than two labels have lessons, or not all of those are looked
   * through. By the newest sample, or the mean of the last ones, whichever is more alike: a sound that begins is told at once, though samples before it were half of the room.
   */
  of(x: Float32Array): ReadonlyMap<string, number> | undefined {
    if (!this.#lookThrough() || this.#labels.size < 2) return undefined;
    const told = this.#told(x);
    const far = Array.from(this.#labels, ([label, views]) => ({ label, own: Number.MIN_VALUE + Math.min(...views.map((view) => this.#distance(told, view))) }));
    const ratios = new Map(far.map(({ label, own }) => [label, own / Math.min(...far.map((other) => (other.label === label ? Infinity : other.own)))]));
    this.#last = [...this.#last.slice(1 - STEADY), ratios];
    return new Map(
      Array.from(ratios, ([label, ratio]) => {
        const mean = this.#last.reduce((product, last) => product * (last.get(label) ?? 1), 1) ** (1 / this.#last.length);
        return [label, Math.max(0, 1 - Math.sqrt(Math.min(mean, ratio)))];
      }),
    );
  }

  /** Samples that come next have nothing to do with those before, or labels have other names: lessons count at once. */
  restart(): void {
    this.#last = [];
    this.#weighedAt = -Infinity;
  }

  /** Looks through lessons until they are known: a slice now, the others between answers. False until then. */
  #lookThrough(): boolean {
    const lessons = this.#lessons();
    if (lessons === undefined) return false;
    const now = performance.now();
    if (lessons.version === this.#version || now < this.#weighedAt + WEIGH_EVERY_MS) return true;
    const end = now + SLICE_MS;
    const labels = new Map<string, Float32Array[]>();
    const counts = new Map<string, number>();
    for (let i = lessons.all.length - 1; i >= 0; i--) {
      const lesson = lessons.all[i]!;
      const count = counts.get(lesson.label) ?? 0;
      if (count === NEWEST) continue;
      counts.set(lesson.label, count + 1);
      let views = this.#views.get(lesson);
      if (views === undefined) {
        if (performance.now() > end) {
          this.#goesOn ??= setTimeout(() => {
            this.#goesOn = undefined;
            this.#lookThrough();
          }, SLICE_MS);
          return false;
        }
        this.#views.set(lesson, (views = this.#viewsOf(lesson.x)));
      }
      const of = labels.get(lesson.label);
      if (of === undefined) labels.set(lesson.label, [...views]);
      else of.push(...views);
    }
    this.#labels = labels;
    this.#weights = weightsOf([...labels.values()]);
    this.#version = lessons.version;
    this.#weighedAt = performance.now();
    return true;
  }

  /** Of sound without the level, which is the first of its features. */
  #told(x: Float32Array): Float32Array {
    return this.#isPicture ? this.#features(x) : this.#features(x).slice(1);
  }

  #viewsOf(x: Float32Array): Float32Array[] {
    const told = this.#told(x);
    return this.#isPicture ? [told, this.#told(mirrored(x))] : PITCHES.map((bands) => moved(told, bands));
  }

  #distance(a: Float32Array, b: Float32Array): number {
    let sum = 0;
    for (let i = 0; i < a.length; i++) sum += (a[i]! - b[i]!) ** 2 * this.#weights[i]!;
    return sum;
  }
}

/**
 * The network's label, unless less of it is known than `below`, 0 to 1: then the label of which most is, and undefined where that is less, too. The network takes three seconds of a quiet
 * hum for the room between claps more often than its lessons do.
 */
export function labelOf(label: string, shares: ReadonlyMap<string, number | undefined> | undefined, below: number): string | undefined {
  const own = shares?.get(label);
  if (own === undefined || own >= below) return label;
  let word: string | undefined;
  let most = below;
  for (const [other, share = 0] of shares!) if (share >= most) [word, most] = [other, share];
  return word;
}

/** A square of points, red, green and blue each. */
function mirrored(picture: Float32Array): Float32Array {
  return picture.map((_, i) => {
    const point = Math.floor(i / 3);
    return picture[3 * (point - (point % PICTURE_SIDE) + PICTURE_SIDE - 1 - (point % PICTURE_SIDE)) + (i % 3)]!;
  });
}

/** The bands of each part, moved up by whole and half bands; what comes in is like the band at the edge. As before, they are against their mean. */
function moved(sound: Float32Array, by: number): Float32Array {
  const bands = sound.length / PARTS;
  const below = (i: number, whole: number): number => sound[i - (i % bands) + Math.min(bands - 1, Math.max(0, (i % bands) - whole))]!;
  const shifted = sound.map((_, i) => (below(i, Math.floor(by)) + below(i, Math.ceil(by))) / 2);
  const mean = shifted.reduce((sum, value) => sum + value, 0) / shifted.length;
  return shifted.map((value) => value - mean);
}

/** A feature that varies within the labels counts less: 1 / its variance there. */
function weightsOf(labels: readonly (readonly Float32Array[])[]): ArrayLike<number> {
  const inputs = labels[0]?.[0]?.length ?? 0;
  const within = new Float64Array(inputs);
  let [all, sum, square] = [0, 0, 0];
  for (const views of labels) {
    for (let i = 0; i < inputs; i++) {
      let [own, ownSquare] = [0, 0];
      for (const view of views) {
        own += view[i]!;
        ownSquare += view[i]! ** 2;
      }
      within[i]! += Math.max(0, ownSquare / views.length - (own / views.length) ** 2) / labels.length;
      sum += own;
      square += ownSquare;
    }
    all += views.length * inputs;
  }
  const least = LEAST * Math.sqrt(Math.max(0, square / all - (sum / all) ** 2));
  return within.map((variance) => 1 / (Math.sqrt(variance) + least || 1) ** 2);
}
