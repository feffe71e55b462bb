/** The samples of each label as small pictures, the newest first; a click deletes one. Of sounds it plays one, and a cross deletes it. */
import { pictureOf } from './canvas.js';
import type { Lesson, Lessons } from './lessons.js';
import type { Shape } from './learners.js';
import { count, element, paint, the, write } from './page.js';
import type { Session } from './session.js';
import { words } from './words.js';

/** Pictures of one label; of thousands nobody would look at more. */
const SHOWN = 40;

const WIDTH = 56;
const HEIGHT = 34;

export class Strips {
  readonly #remove: (lesson: Lesson) => void;
  #pictures = new Map<Lesson, HTMLElement>();
  #rows = new Map<string, Row>();
  #lessons: Lessons | undefined;
  #shown = '';

  constructor(remove: (lesson: Lesson) => void) {
    this.#remove = remove;
  }

  /** @param drawn the two channels are a pen's position */
  show(session: Session | undefined, lessons: Lessons | undefined, drawn: boolean): void {
    const labels = session?.learner.labels ?? [];
    const state = JSON.stringify([lessons?.version, labels]);
    if (lessons === this.#lessons && state === this.#shown) return;
    if (lessons !== this.#lessons) {
      this.#pictures.clear();
      this.#rows.clear();
    }
    this.#lessons = lessons;
    this.#shown = state;
    const all = lessons?.all ?? [];
    the('samples-count').textContent = count(all.length);
    const groups = new Map<string, Lesson[]>(labels.map((label) => [label, []]));
    for (const lesson of all) groups.get(lesson.label)?.push(lesson);
    const [pictures, rows] = [this.#pictures, this.#rows];
    this.#pictures = new Map();
    this.#rows = new Map();
    for (const [label, of] of groups) {
      if (of.length === 0) continue;
      const row = rows.get(label) ?? rowOf(label);
      this.#rows.set(label, row);
      paint(row.line, labels.indexOf(label));
      write(row.count, words.lessons.of(of.length));
      const newest = of.slice(-SHOWN).reverse();
      for (const [i, lesson] of newest.entries()) {
        const picture = pictures.get(lesson) ?? this.#picture(lesson, session!.shape, drawn);
        const [remove, play] = [picture.querySelector('button:last-child') ?? picture, picture.querySelector('.play')];
        remove.setAttribute('aria-label', words.lessons.removeOne(of.length - i, label));
        play?.setAttribute('aria-label', words.lessons.playOne(of.length - i, label));
        this.#pictures.set(lesson, picture);
      }
      const before = of.length - SHOWN;
      if (before > 0) write(row.before, words.lessons.before(before));
      arrange(row.strip, [...newest.map((lesson) => this.#pictures.get(lesson)!), ...(before > 0 ? [row.before] : [])]);
    }
    arrange(the('strips'), [...this.#rows.values()].map(({ line }) => line));
  }

  #picture(lesson: Lesson, shape: Shape, drawn: boolean): HTMLElement {
    const button = element('button', '', { type: 'button', title: words.lessons.remove });
    button.addEventListener('click', () => {
      const picture = this.#pictures.get(lesson);
      const next = picture?.nextElementSibling ?? picture?.previousElementSibling ?? the('samples-title');
      (next.querySelector<HTMLElement>('button:last-child') ?? (next as HTMLElement)).focus(); // it would fall to the page's beginning
      this.#remove(lesson);
    });
    const picture = shape.picture ? pictureOf(lesson.x) : drawing(lesson.x, shape, drawn);
    if (shape.audio === undefined) {
      button.append(picture);
      return button;
    }
    const sample = element('span', '', { class: 'sample' });
    const play = element('button', '', { type: 'button', class: 'play', title: words.lessons.play });
    play.append(picture);
    play.addEventListener('click', () => playSound(lesson.x, shape.audio!));
    button.append('×');
    sample.append(play, button);
    return sample;
  }
}

let speaker: AudioContext | undefined;
let playing: AudioBufferSourceNode | undefined;

/** One at a time. */
function playSound(x: Float32Array, rate: number): void {
  speaker ??= new AudioContext();
  void speaker.resume();
  playing?.stop();
  const buffer = speaker.createBuffer(1, x.length, rate);
  buffer.copyToChannel(x as Float32Array<ArrayBuffer>, 0);
  playing = new AudioBufferSourceNode(speaker, { buffer });
  playing.connect(speaker.destination);
  playing.start();
}

/** The samples of one label. */
interface Row {
  line: HTMLElement;
  count: HTMLElement;
  strip: HTMLElement;
  before: HTMLElement;
}

function rowOf(label: string): Row {
  const [line, name] = [element('li'), element('h3')];
  const [count, before] = [element('small'), element('small')];
  const strip = element('div', '', { class: 'strip', role: 'group', tabindex: '0', 'aria-label': words.lessons.row(label) });
  name.append(element('span', label), count);
  line.append(name, strip);
  return { line, count, strip, before };
}

/** Only what is new or gone is touched: the browser lays the others out no more, and what was focused stays so. */
function arrange(parent: HTMLElement, wanted: readonly HTMLElement[]): void {
  const stay = new Set<Element>(wanted);
  for (const child of [...parent.children]) if (!stay.has(child)) child.remove();
  for (const [i, child] of wanted.entries()) if (parent.children[i] !== child) parent.insertBefore(child, parent.children[i] ?? null);
}

/** @param drawn the two channels are a pen's position */
export function drawing(x: Float32Array, shape: Shape, drawn: boolean): SVGElement {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  for (const [name, value] of Object.entries({ viewBox: `0 0 ${WIDTH} ${HEIGHT}`, 'aria-hidden': 'true', class: shape.audio !== undefined ? 'sound' : drawn ? 'pen' : '' })) svg.setAttribute(name, value);
  for (const points of traces(x, shape, drawn)) {
    const line = document.createElementNS('http://www.w3.org/2000/svg', 'polyline');
    line.setAttribute('points', points);
    svg.append(line);
  }
  return svg;
}

/** Lines of a sample; further channels than three are not drawn. */
function traces(x: Float32Array, { channels, window, audio }: Shape, drawn: boolean): string[] {
  if (audio !== undefined) return [envelope(x)];
  if (window === 1) return [line(x, 0, 1, ...rangeOf(x))];
  if (drawn) {
    const [low, high] = rangeOf(x);
    const scale = (HEIGHT - 4) / (high - low);
    const [left, middle] = [(WIDTH - (high - low) * scale) / 2, high];
    return [Array.from({ length: window }, (_, t) => `${(left + (x[2 * t]! - low) * scale).toFixed(1)},${(2 + (middle - x[2 * t + 1]!) * scale).toFixed(1)}`).join(' ')];
  }
  return Array.from({ length: Math.min(3, channels) }, (_, c) => line(x, c, channels, ...rangeOf(x)));
}

function rangeOf(x: Float32Array): [number, number] {
  let [low, high] = [Infinity, -Infinity];
  for (const value of x) if (Number.isFinite(value)) [low, high] = [Math.min(low, value), Math.max(high, value)];
  return high > low ? [low, high] : [Math.min(0, low, high) - 1, Math.max(0, low, high) + 1];
}

function line(x: Float32Array, first: number, step: number, low: number, high: number): string {
  const points = [];
  for (let i = first; i < x.length; i += step) if (Number.isFinite(x[i]!)) points.push(`${((i / Math.max(1, x.length - step)) * WIDTH).toFixed(1)},${(HEIGHT - 2 - ((x[i]! - low) / (high - low)) * (HEIGHT - 4)).toFixed(1)}`);
  return points.join(' ');
}

/** Peaks of sound, there and back; soft ones are seen, too. */
function envelope(x: Float32Array): string {
  const peaks = Array.from({ length: WIDTH }, (_, k) => {
    let peak = 0;
    for (let i = Math.floor((k * x.length) / WIDTH); i < ((k + 1) * x.length) / WIDTH; i++) peak = Math.max(peak, Math.abs(x[i]!));
    return Math.max(0.5, Math.sqrt(peak) * (HEIGHT / 2 - 1));
  });
  const at = (k: number, side: number): string => `${k},${(HEIGHT / 2 + side * peaks[k]!).toFixed(1)}`;
  return [...peaks.map((_, k) => at(k, -1)), ...peaks.map((_, k) => at(WIDTH - 1 - k, 1))].join(' ');
}
