import { readFileSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { Adaptation, Measures, PendingLabels, Rehearsal, UNKNOWN, createLearner, loadLearner, type Learner, type LearnerWishes, type MovedEvent, type Prediction } from '../host/index.js';
import { hearing } from '../host/sound/silence.js';
import type { LateLabel } from '../host/sources/json-sample.js';
import type { Sample } from '../host/sources/sample.js';
import { section, type Arguments, type Command } from './arguments.js';
import { checkWritable } from './files.js';
import { BROKER_OPTIONS } from './broker.js';
import { Complaints } from './complaints.js';
import { Clock, LATE_OPTIONS, isWithin, spanOf, type Held } from './late-labels.js';
import { ADAPT_OPTION, LEARNER_OPTIONS, TAUGHT_MEMORY_OPTIONS, UNKNOWN_OPTION, adaptOf, learnerConfig, movedText, rememberByHand, runOf } from './learner-options.js';
import { openSource, type LiveSource } from './sources/open.js';
import { Course, POINTS } from './course.js';
import { OPTIONS_OF_SOURCES } from './sources/options.js';
import { noteOf, noteText } from './model-note.js';
import { checkModelKind } from './model-kinds.js';
import { MOMENT_OPTIONS, cut } from './moments.js';
import type { Shape } from './sources/source.js';
import { isEndless } from './sources/table.js';
import { LABEL_CAPACITY, checkAllowed, checkSame, checkShape, labelsOf, mostInputs } from './stored-learner.js';
import { Screen, bar, count, grid, paint, percent, plain, spark } from './terminal.js';

const DRAW_MS = 100;
/** Rates are those of the last seconds. */
const RATE_MS = 3000;
const MOST_LABELS = 16;
const { publish: _, ...CONNECTION_OPTIONS } = BROKER_OPTIONS;

export const watch: Command = {
  name: 'watch',
  operands: '',
  about: `A live view of any source: accuracy, goodness of every label, margin, drift, rates, memory.
Every sample is predicted, then learned where it has a label. Nothing is kept, unless --save names a file. On a terminal the view is redrawn, q ends it;
otherwise, and with NO_COLOR, it is plain lines.`,
  options: {
    ...section('Where samples come from', OPTIONS_OF_SOURCES),
    ...section('Broker', CONNECTION_OPTIONS),
    ...section('The learner', {
      load: { value: 'SNAPSHOT', help: 'go on from this one' },
      save: { value: 'FILE', help: 'write a snapshot at the end' },
      ...MOMENT_OPTIONS,
      labels: { value: 'NAME,..', help: 'the labels there are, in the order of a board\'s indices; others are refused (default: as they come, at most 32)' },
      ...LEARNER_OPTIONS,
      ...TAUGHT_MEMORY_OPTIONS,
      ...ADAPT_OPTION,
      ...LATE_OPTIONS,
      ...UNKNOWN_OPTION,
    }),
    ...section('Output', {
      every: { value: 'S', help: 'seconds between two plain lines (default 5)' },
      hz: { value: 'N', help: 'take at most so many samples a second: for a recording (default: as they come)' },
    }),
  },
  notes: [
    'It learns as onward learn does, past samples and all: the same stream ends in the same network. Drift is looked for by two-rates unless --drift names another. The goodness is that of the last sample; right is of all samples of a label.',
    'ONWARD_MQTT_USERNAME and ONWARD_MQTT_PASSWORD keep the password off the command line.',
    '',
    'Examples:',
    '  onward watch --source serial:/dev/ttyACM0 --labels idle,walk',
    '  onward watch --source mqtt://localhost/plant/pump',
    '  onward watch --source recording.csv --hz 50 --window 50',
  ],

  async run(args) {
    checkWritable('save', args);
    for (const check of [adaptOf, runOf]) check(args); // wrong ones are told of before anything is waited for
    await new Watch(args).run();
  },
};

class Watch {
  readonly #args: Arguments;
  readonly #measures = new Measures();
  readonly #accuracy = new Course();
  readonly #margins = new Course();
  readonly #screen = new Screen();
  /** A picture that replaces itself, or lines one after the other. */
  readonly #redraws: boolean;
  readonly #stop = new AbortController();
  readonly #start = performance.now();
  readonly #every: number;
  #live: LiveSource | undefined;
  #learner: Learner | undefined;
  #adaptation: Adaptation<Learner> | undefined;
  #pending: PendingLabels<string | number, Held> | undefined;
  #rehearsal: Rehearsal | undefined;
  #shape: Shape = {};
  readonly #only: readonly string[] | undefined;
  readonly #clock: Clock;
  readonly #refusals = new Complaints((text) => this.#say(text));
  #toldMoved = false;
  #last: Prediction | undefined;
  #samples = 0;
  #news = '';
  #times: { at: number; samples: number }[] = [];
  #drawn = -Infinity;
  #firstAt: number | undefined;

  constructor(args: Arguments) {
    this.#args = args;
    this.#every = 1000 * (args.number('every', 0.1, 86400) ?? 5);
    this.#redraws = this.#screen.live && !process.env['NO_COLOR'];
    this.#only = labelsOf(args);
    this.#clock = new Clock(args);
  }

  async run(): Promise<void> {
    const args = this.#args;
    const hz = args.number('hz', 1e-3, 1e6);
    const load = args.text('load');
    if (load !== undefined) await this.#load(load);
    const wanted = this.#wanted();
    const stop = (): void => {
      this.#stop.abort();
      this.#live?.stop();
    };
    for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.once(signal, stop);
    const keys = this.#listenToKeys(stop);
    const config = this.#learner?.config;
    const samples = config ? config.window?.samples : args.whole('window', 8, 256);
    const axes = (): number | undefined => this.#learner?.config.window?.axes ?? this.#learner?.inputs ?? args.whole('inputs', 1, 4096);
    let timer: NodeJS.Timeout | undefined;
    try {
      this.#live = await openSource(args, {
        fields: this.#shape.fields,
        shape: this.#shape,
        inputs: axes(),
        most: mostInputs(samples),
        place: undefined,
        onLabel: (id, label) => this.#teach(label, () => this.#scoreLate(label, this.#pending?.resolve(id, label)?.held)),
        ...(this.#clock.takesSpans ? { onSpan: (span: LateLabel) => this.#resolveSpan(span) } : {}),
        onRefused: (error, from) => this.#refuse(`${from}: ${error.message}`),
        say: (text) => this.#say(text),
      });
      if (this.#stop.signal.aborted) this.#live.stop();
      if (this.#learner && this.#live.shape?.sound) hearing(this.#learner);
      timer = setInterval(() => this.#show(), DRAW_MS);
      const source = cut(this.#live.samples, { samples, hop: args.whole('hop', 1, 1e6), axes, clock: this.#clock, refuse: (error) => this.#refuse(error.message) });
      for await (const sample of source) {
        if (this.#stop.signal.aborted) break;
        await this.#step(sample, wanted, samples);
        if (hz !== undefined) await this.#pace(hz);
        // a source that is never empty would starve the timer and the keyboard
        else if (performance.now() - this.#drawn >= DRAW_MS && this.#show()) await sleep(0);
      }
    } finally {
      clearInterval(timer);
      keys();
      this.#rehearsal?.finish();
      this.#rehearsal?.close();
      this.#refusals.rest();
      await this.#live?.close();
      if (this.#samples > 0 || this.#live?.device) this.#show(true);
      this.#screen.end();
    }
    const save = args.text('save');
    if (save !== undefined && this.#learner) {
      this.#learner.note = noteText({ ...this.#shape, ...this.#live?.shape });
      writeFileSync(save, this.#learner.save());
    }
    this.#learner?.dispose();
  }

  async #load(path: string): Promise<void> {
    const bytes = readFileSync(path);
    checkModelKind('watch', path, bytes);
    const learner = await loadLearner(bytes, runOf(this.#args));
    this.#shape = noteOf(learner.note);
    checkSame(learner, { labels: this.#only ?? [], ...learnerConfig(this.#args) }, this.#args, 'another SNAPSHOT');
    for (const text of checkShape(this.#shape, this.#args)) this.#say(text);
    this.#begin(learner);
  }

  /** Predicted, then learned. */
  async #step(sample: Sample, wanted: LearnerWishes & { labels: readonly string[] }, samples: number | undefined): Promise<void> {
    const { x, y, id } = sample;
    const learner = this.#learner ?? (await this.#create(x.length, wanted, samples));
    if (learner === undefined) return;
    if (x.length !== learner.inputs) return this.#refuse(`a sample has ${x.length} values, the learner takes ${learner.inputs}`);
    this.#samples++;
    this.#last = learner.predict(x);
    const { label, probability, margin } = this.#last;
    if (Number.isFinite(margin)) this.#margins.add(margin);
    const held = { answer: label, chance: label === UNKNOWN ? undefined : probability };
    if (y !== undefined && this.#teach(y, () => this.#adaptation!.learn(x, y))) this.#score(y, held);
    else if ((id === undefined && !this.#clock.takesSpans) || y !== undefined) this.#adaptation!.adapt(x);
    else this.#pending!.hold(id, x, { ...held, ...this.#clock.timesOf(sample) });
  }

  /** Undefined where the first sample does not make a learner: the next one may. */
  async #create(values: number, wanted: LearnerWishes & { labels: readonly string[] }, samples: number | undefined): Promise<Learner | undefined> {
    try {
      this.#begin(await createLearner({ ...wanted, ...(samples === undefined ? { inputs: values } : { window: { axes: values / samples, samples } }) }, runOf(this.#args)));
    } catch (error) {
      if (this.#live!.restart === undefined) throw error; // of a table: the next row is no other
      this.#live!.restart();
      this.#refuse(`the first sample does not make a learner: ${(error as Error).message}`);
    }
    return this.#learner;
  }

  #score(y: string, { answer, chance }: Pick<Held, 'answer' | 'chance'>): void {
    this.#measures.add(y, answer, true, chance);
    this.#accuracy.add(answer === y ? 1 : 0);
  }

  /** Scores the answer of a sample whose label came late; before the first label there was none. */
  #scoreLate(y: string, held: Held | undefined): void {
    if (held?.answer !== undefined) this.#score(y, held);
  }

  #resolveSpan(span: LateLabel): void {
    const { from, to } = spanOf(span, this.#clock);
    this.#teach(span.y, () => {
      for (const held of this.#pending?.resolveWhere((sample) => isWithin(sample, from, to), span.y) ?? []) this.#scoreLate(span.y, held);
    });
  }

  #teach(label: string, how: () => void): boolean {
    try {
      if (this.#learner) checkAllowed(label, this.#only, this.#learner);
      how();
      return true;
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      this.#refuse(`label ${label}: ${error.message}`);
      return false;
    }
  }

  #begin(learner: Learner): void {
    this.#learner = this.#live?.shape?.sound ? hearing(learner) : learner;
    const onMoved = (event: MovedEvent): void => {
      if (!this.#toldMoved) this.#say(movedText(event)); // once: it may come again with every label
      this.#toldMoved = true;
    };
    this.#adaptation = new Adaptation(learner, { adapt: adaptOf(this.#args), onMoved });
    this.#pending = new PendingLabels(this.#adaptation);
    this.#rehearsal = new Rehearsal(learner, isEndless(this.#args.text('source')) ? {} : { seconds: Infinity });
  }

  #wanted(): LearnerWishes & { labels: readonly string[] } {
    const labels = this.#only ?? [];
    return rememberByHand({ drift: 'two-rates', ...learnerConfig(this.#args), labels, labelCapacity: Math.max(LABEL_CAPACITY, labels.length) });
  }

  async #pace(hz: number): Promise<void> {
    this.#firstAt ??= performance.now();
    const due = this.#firstAt + (1000 * this.#samples) / hz;
    await sleep(Math.max(0, due - performance.now()), undefined, { signal: this.#stop.signal }).catch(() => {});
  }

  #refuse(text: string): void {
    this.#refusals.add(text);
  }

  /** Names and payloads are others' text: no control character of theirs gets to a terminal. */
  #say(text: string): void {
    const clean = plain(text).slice(0, 300);
    if (this.#redraws) this.#news = clean;
    else if (clean !== this.#news) process.stderr.write(`onward: ${(this.#news = clean)}\n`);
  }

  /** q, Ctrl-C and Ctrl-D, where a person sits at a keyboard that is not the source. */
  #listenToKeys(stop: () => void): () => void {
    const { stdin } = process;
    if (!this.#redraws || !stdin.isTTY || /^(-|stdin)$/.test(this.#args.text('source') ?? '')) return () => {};
    const press = (keys: Buffer): void => void (/[qQ\u0003\u0004]/.test(keys.toString()) && stop());
    stdin.setRawMode(true);
    stdin.on('data', press);
    return () => {
      stdin.setRawMode(false);
      stdin.off('data', press);
      stdin.pause();
    };
  }

  /** Draws or writes where that is due; true where it did. */
  #show(end = false): boolean {
    const now = performance.now();
    if (!end && now - this.#drawn < (this.#redraws ? DRAW_MS - 1 : this.#drawn < 0 ? 0 : this.#every)) return this.#redraws;
    if (!end && !this.#redraws && this.#samples === 0 && !this.#live?.device) return false;
    this.#drawn = now;
    const rate = this.#rate(now);
    if (this.#redraws) this.#screen.draw(this.#picture(now, rate));
    else process.stdout.write(`${this.#line(rate)}\n`);
    return true;
  }

  /** Samples a second. */
  #rate(now: number): number {
    this.#times.push({ at: now, samples: this.#samples });
    while (this.#times.length > 2 && now - this.#times[1]!.at > RATE_MS) this.#times.shift();
    const first = this.#times.length > 1 ? this.#times[0]! : { at: this.#start, samples: 0 };
    return now > first.at ? (1000 * (this.#samples - first.samples)) / (now - first.at) : 0;
  }

  #line(rate: number): string {
    const stats = this.#learner?.stats();
    const { samples, accuracy, recent } = this.#measures;
    return [
      `samples ${count(this.#samples)} (${rate.toFixed(1)}/s)`,
      `accuracy ${percent(samples > 0 ? accuracy : undefined)}, last ${Math.min(200, samples)}: ${percent(samples > 0 ? recent : undefined)}`,
      ...(this.#last ? [`label ${plain(this.#last.label ?? '') || '-'} (${percent(this.#last.probability)}), familiar ${percent(this.#last.familiar)}, margin ${this.#last.margin.toFixed(3)}`] : []),
      `drift alarms ${stats?.alarms ?? 0}`,
      `dropped ${count(this.#live?.dropped ?? 0)}, refused ${count(this.#refusals.count)}`,
      ...(stats ? [`memory ${count(stats.bytes.arena)} B`] : []),
      ...(this.#live?.device ? [`board: ${plain(this.#live.device)}`] : []),
    ].join('; ');
  }

  #picture(now: number, rate: number): string[] {
    const width = Math.max(40, process.stdout.columns || 80);
    const { samples, accuracy, recent } = this.#measures;
    const learner = this.#learner;
    const stats = learner?.stats();
    const row = (name: string, value: string, more = ''): string => `${paint('grey', name.padEnd(9))} ${value.padEnd(28)} ${more}`.trimEnd();
    const seconds = Math.floor((now - this.#start) / 1000);
    return [
      `${paint('bold', 'onward watch')}  ${plain(this.#args.text('source')!.replace(/\/\/[^@/]*@/, '//')).slice(0, width - 30)}  ${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}  ${paint('grey', 'q ends')}`,
      '',
      row('accuracy', samples > 0 ? `${percent(accuracy)}, last ${Math.min(200, samples)}: ${percent(recent)}` : 'no label yet', paint('blue', spark(this.#accuracy.points.slice(-POINTS), 1))),
      row('margin', this.#last ? `${this.#last.margin.toFixed(3)}, ${percent(this.#last.probability)} likely, familiar ${percent(this.#last.familiar)}` : '-', paint('orange', spark(this.#margins.points.slice(-POINTS)))),
      row('samples', `${count(this.#samples)}, ${rate.toFixed(1)} /s`, `${count(learner?.seen ?? 0)} learned, ${count(this.#live?.dropped ?? 0)} dropped, ${count(this.#refusals.count)} refused`),
      row('drift', stats === undefined ? '-' : stats.alarms === 0 ? 'no alarm' : paint('red', `${count(stats.alarms)} alarms`), stats && stats.alarms > 0 ? `the last after ${count(stats.lastAlarm)} learned` : ''),
      row('memory', stats ? `${count(stats.bytes.arena)} B` : '-', stats ? `${count(stats.updates)} layer updates, ${count(stats.saturations)} weights at their limit${stats.exemplars > 0 ? `, ${count(stats.exemplars)} exemplars` : ''}` : ''),
      ...(this.#live?.device ? [row('board', plain(this.#live.device))] : []),
      '',
      ...(learner && this.#last ? this.#labels(learner) : [paint('grey', 'waiting for the first sample')]),
      ...(this.#news === '' ? [] : ['', paint('grey', this.#news.slice(0, width - 1))]),
    ];
  }

  /** Goodness of every label for the last sample, the answer marked. */
  #labels({ labels }: Learner): string[] {
    const { label: answer, scores } = this.#last!;
    const top = Math.max(1e-9, ...Array.from(scores));
    const rows = labels.slice(0, MOST_LABELS).map((label, i) => {
      const goodness = scores[i] ?? 0; // a label that came with this sample has none yet
      const drawn = bar(goodness / top, 24);
      return [`${label === answer ? '>' : ' '} ${plain(label).slice(0, 24)}`, label === answer ? paint('blue', drawn) : drawn, goodness.toFixed(3), percent(this.#measures.recall(label))];
    });
    return [
      ...grid([['  label', 'goodness', '', 'right'], ...rows]).split('\n'),
      ...(labels.length > MOST_LABELS ? [paint('grey', `  and ${labels.length - MOST_LABELS} more`)] : []),
    ];
  }
}
