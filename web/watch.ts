/** A detector watches all that the scope shows for what is unusual. Nobody teaches it, and the network knows nothing of it. */
import { makeDetector, type Detector, type View } from '../host/detector/detector.js';
import { Canvas, colour } from './canvas.js';
import { complain, the, tell, write } from './page.js';
import { said } from './show.js';
import { scope } from './trace.js';
import { words } from './words.js';

/** Scores in the picture. */
const SHOWN = 400;
/** The greatest score that there is (docs/detector.md). */
const GREATEST = 16;
/** An alarm is said for so many moments. */
const SAID = 60;
/** Moments before the first alarm. */
const WARM_UP = 32;

interface Alarm {
  view: View;
  /** Counted from 1. */
  channel: number;
  at: number;
}

export class Watch {
  readonly #canvas = new Canvas('score', (context, width, height) => this.#paint(context, width, height));
  readonly #scores = new Float32Array(SHOWN);
  readonly #alarmed = new Uint8Array(SHOWN);
  #detector: Detector | undefined;
  #turn = 0;
  #seen = 0;
  #alarms = 0;
  #score = 0;
  #last: Alarm | undefined;

  /** From now on, until `stop`: a new detector for each signal. */
  start(): void {
    scope.onListen = (channels) => void this.#begin(channels).catch(complain); // not `attempt`: what was complained of stays
    scope.onTake = (moment) => this.#take(moment);
    scope.onListen(scope.channels);
  }

  stop(): void {
    scope.onListen = scope.onTake = () => {};
    this.#end();
  }

  /** A sentence on how it stands. */
  get line(): string {
    const { watch } = words;
    if (this.#detector === undefined) return '';
    if (this.#seen < WARM_UP) return watch.warmingUp(WARM_UP - this.#seen);
    const last = this.#last;
    if (last !== undefined && (this.#score >= 1 || this.#seen - last.at < SAID)) return watch.unusual(watch.views[last.view], last.channel, this.#alarms);
    return watch.usual(this.#alarms);
  }

  async #begin(channels: number): Promise<void> {
    this.#end();
    const turn = this.#turn;
    const detector = await makeDetector({ channels }, {});
    if (turn === this.#turn) this.#detector = detector;
    else detector.dispose();
  }

  #end(): void {
    this.#turn++;
    this.#detector?.dispose();
    this.#detector = undefined;
    this.#last = undefined;
    this.#seen = this.#alarms = this.#score = 0;
    this.#canvas.changed();
  }

  #take(moment: ArrayLike<number>): void {
    if (this.#detector === undefined) return;
    const { score, alarm, channels, views } = this.#detector.observe(moment);
    const at = this.#seen++ % SHOWN;
    this.#score = this.#scores[at] = score;
    this.#alarmed[at] = Number(alarm);
    this.#canvas.changed();
    if (!alarm) return;
    const channel = channels.indexOf(Math.max(...channels));
    this.#alarms++;
    this.#last = { view: views[channel]!, channel: channel + 1, at: this.#seen };
    tell(this.line);
  }

  /** Scores by their logarithm: 1, where alarms begin, is a quarter of the way up. */
  #paint(context: CanvasRenderingContext2D, width: number, height: number): void {
    const shown = Math.min(this.#seen, SHOWN);
    const first = this.#seen - shown;
    const x = (i: number): number => width - ((shown - 1 - i) / (SHOWN - 1)) * width;
    const y = (score: number): number => height - 2 - (Math.log2(1 + score) / Math.log2(1 + GREATEST)) * (height - 4);
    context.strokeStyle = colour('edge');
    context.setLineDash([4, 4]);
    context.beginPath();
    context.moveTo(0, y(1));
    context.lineTo(width, y(1));
    context.stroke();
    context.setLineDash([]);
    context.fillStyle = context.strokeStyle = colour('wrong');
    for (let i = 0; i < shown; i++) if (this.#alarmed[(first + i) % SHOWN] === 1) context.fillRect(x(i) - 1, 0, 2, height);
    context.strokeStyle = colour('line-0');
    context.lineWidth = 1.6;
    context.lineJoin = 'round';
    context.beginPath();
    for (let i = 0; i < shown; i++) context.lineTo(x(i), y(this.#scores[(first + i) % SHOWN]!));
    context.stroke();
  }
}

let watch: Watch | undefined;

/** The visitor has asked for it, or has had enough. */
export function watchWhen(asked: boolean): void {
  the('watch-plot').hidden = !asked;
  watch ??= new Watch();
  if (asked) watch.start();
  else watch.stop();
  said.watch = () => write(the('watch-says'), watch!.line);
}
