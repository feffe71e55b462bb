import { once } from 'node:events';
import { join } from 'node:path';
import { Adaptation, PendingLabels, Rehearsal, UNKNOWN, createLearner, Measures, type Learner, type LearnerConfig, type MovedEvent } from '../host/index.js';
import { hearing } from '../host/sound/silence.js';
import type { LateLabel } from '../host/sources/json-sample.js';
import type { Sample } from '../host/sources/sample.js';
import { FileStore } from '../host/stores/file.js';
import { UsageError, section, type Arguments, type Command } from './arguments.js';
import { BROKER_OPTIONS } from './broker.js';
import { Complaints } from './complaints.js';
import { endAll, onDeparture, tellNews } from './departure.js';
import { Keeper, STORE_OPTIONS, restore, savedEvery, type Restored } from './keeper.js';
import { LATE_OPTIONS, Clock, isWithin, spanOf, type Held } from './late-labels.js';
import { ADAPT_OPTION, LEARNER_OPTIONS, TAUGHT_MEMORY_OPTIONS, UNKNOWN_OPTION, adaptOf, familiarFigure, movedText, rememberByHand, runOf } from './learner-options.js';
import { TARGET_OPTIONS } from './eval-target.js';
import { learnTarget } from './learn-target.js';
import { openSource, type LiveSource } from './sources/open.js';
import { OPTIONS_OF_SOURCES } from './sources/options.js';
import { METRICS_OPTION, serveLearner, type Metrics } from './metrics.js';
import { noteText } from './model-note.js';
import { MOMENT_OPTIONS, cut } from './moments.js';
import { Reading } from './progress.js';
import type { Shape } from './sources/source.js';
import { isEndless } from './sources/table.js';
import { LABEL_CAPACITY, checkAllowed, mostInputs, onlyLabels, shapeOf, wantedConfig, type WantedConfig } from './stored-learner.js';
import { count, jsonLine, percent, plain } from './terminal.js';

/** A label goes to stdout, into snapshots and into messages. */
const LONGEST_LABEL = 200;
/** Milliseconds of rehearsal on the way out. */
const LAST_REHEARSAL_MS = 300;

export const learn: Command = {
  name: 'learn',
  operands: '',
  about: `Learn from a live source as a service: every sample is predicted, printed as one line of JSON, and learned where it has a label.
What is learned is kept in a folder and gone on with after a restart, a crash or a power failure.`,
  options: {
    ...section('Where samples come from', OPTIONS_OF_SOURCES),
    ...section('Where it is kept', STORE_OPTIONS),
    ...section('Broker', BROKER_OPTIONS),
    ...section('A new learner', {
      ...MOMENT_OPTIONS,
      labels: { value: 'NAME,..', help: 'the labels there are; others are refused unless --label-capacity leaves room (default: as they come)' },
      'label-capacity': { value: 'N', help: `labels there is room for, 2 to 256 (default: as many as --labels, or ${LABEL_CAPACITY})` },
      ...LEARNER_OPTIONS,
      ...TAUGHT_MEMORY_OPTIONS,
    }),
    ...section('Samples without a label', { ...ADAPT_OPTION, ...LATE_OPTIONS }),
    ...section('Answers', UNKNOWN_OPTION),
    ...section('A number in place of a label', TARGET_OPTIONS),
    ...section('Output', { ...METRICS_OPTION, quiet: { help: 'nothing on stderr but errors' } }),
  },
  notes: [
    'A sample is a line of JSON: {"x": [0.1, 9.8], "y": "idle"}, or named: {"temp": 21.5, "motor": {"fan": 3}, "y": "idle"}, where --fields temp,motor.fan chooses. null is a missing value;',
    'without y it is only predicted, and changes nothing. A label may come later, on any of the topics: {"id": 7, "x": [0.1, 9.8]}, then {"id": 7, "y": "idle"}; with --label-at 5 also',
    '{"y": "idle"} alone, for the last five seconds. t and id are handed through.',
    '',
    'Each prediction is one line: {"index": 12, "label": "idle", "probability": 0.93, "familiar": 0.4, "margin": 0.31, "correct": true, ...}; index goes on over restarts, correct is null without a label.',
    'What is no sample is left out, counted, and told of on stderr. SIGTERM and SIGINT save and end with code 0; after kill -9 the last save counts.',
    'It keeps past samples and, when nothing has been taught for a second, rehearses them once; a file (FILE.csv, or one that is standard input) at its end only.',
    'With --window the label stands in every sample, and a window never goes over a change of label or topic: what is unfinished then is left out.',
    'With --target each line is {"index": 12, "value": 21.4, "low": 20.9, "high": 22.1, "y": 21.6}: the number, where it lies in four of five cases, and what it was; with --horizon N\nvalue is that of N samples later, and y that of this one. The target is a field of the sample or a column of the table; where it is missing, a sample is only answered.',
    'ONWARD_MQTT_USERNAME and ONWARD_MQTT_PASSWORD keep the password off the command line.',
    '',
    'Exit codes: 0 the source ended or a signal came, and everything is saved; 1 the run failed, starting again may help; 2 the command line was wrong.',
    '',
    'Examples:',
    '  onward learn --source mqtt://localhost/plant/pump --store pump --publish plant/pump/state',
    '  sensor | onward learn --source - --store pump --labels ok,worn',
    '  onward learn --source follow:/var/log/pump.csv --label state --store pump',
    '  onward learn --source mqtt://localhost/plant/boiler --target power --store boiler --publish plant/boiler/power',
    '  onward learn --source serial:/dev/ttyACM0 --labels idle,walk --window 50 --store wrist --metrics 9464',
  ],

  async run(args) {
    if (args.has('target')) return learnTarget(args);
    for (const name of Object.keys(TARGET_OPTIONS)) if (args.has(name)) throw new UsageError(`--${name} needs --target COLUMN`);
    const folder = args.text('store');
    if (folder === undefined) throw new UsageError('--store DIR is missing');
    const every = savedEvery(args);
    const wanted = wantedConfig(args);
    for (const check of [adaptOf, runOf]) check(args); // wrong ones are told of before the store is made
    const store = await FileStore.open(join(folder, 'learner'));
    try {
      const service = new Service(args, wanted, new Keeper(store, every), await restore(store, folder, args, wanted));
      await service.run();
    } finally {
      await store.close().catch(() => {}); // a lock that cannot be removed is taken over by the next run
    }
  },
};

/** One run: a source, a learner and its store. */
class Service {
  readonly #args: Arguments;
  readonly #wanted: WantedConfig;
  readonly #keeper: Keeper;
  readonly #only: readonly string[] | undefined;
  readonly #clock: Clock;
  readonly #refusals = new Complaints((text) => this.#say(text));
  #learner: Learner | undefined;
  /** Note of the stored learner about its samples, until the source knows. */
  #shape: Shape;
  readonly #reading: Reading;
  #rehearsal: Rehearsal | undefined;
  #adaptation: Adaptation<Learner> | undefined;
  #pending: PendingLabels<string | number, Held> | undefined;
  #live: LiveSource | undefined;
  #metrics: Metrics | undefined;
  readonly #measures = new Measures();
  readonly #late = new Measures();
  #toldMoved = false;
  readonly #stopped: AbortSignal;

  constructor(args: Arguments, wanted: WantedConfig, keeper: Keeper, { learner, note: { progress, ...shape }, told }: Restored) {
    this.#args = args;
    this.#wanted = wanted;
    this.#keeper = keeper;
    this.#stopped = onDeparture(() => this.#live?.stop(), (ms) => keeper.leave(ms));
    this.#only = onlyLabels(args);
    this.#clock = new Clock(args);
    this.#shape = shape;
    this.#reading = new Reading(progress ?? { samples: learner?.seen ?? 0 }, args, this.#stopped, (text) => this.#say(text));
    for (const text of told) this.#say(text);
    if (learner) this.#begin(learner, true);
  }

  async run(): Promise<void> {
    let failed: unknown;
    const endNews = tellNews(() => this.#tellNews());
    try {
      if ((this.#wanted.inputs !== undefined || this.#wanted.window) && !this.#learner) this.#begin(await createLearner(rememberByHand(this.#wanted) as LearnerConfig, runOf(this.#args)));
      else if (!this.#learner) (await this.#make(1)).dispose(); // the core is read now: by the first sample the package may be another
      this.#live = await openSource(this.#args, {
        fields: this.#shape.fields,
        shape: this.#shape,
        inputs: this.#axes,
        most: mostInputs(this.#samplesInWindow),
        place: this.#reading.progress.place,
        onLabel: (id, label) => this.#resolve(id, label),
        ...(this.#clock.takesSpans ? { onSpan: (span: LateLabel) => this.#resolveSpan(span) } : {}),
        onRefused: (error, from) => this.#refuse(error, from),
        say: (text) => this.#say(text),
      });
      if (this.#stopped.aborted) this.#live.stop();
      if (this.#learner && this.#live.shape?.sound) hearing(this.#learner);
      this.#metrics = await serveLearner(this.#args, () => this.#learner, () => ({ dropped: this.#live!.dropped, refused: this.#refusals.count }), (text) => this.#say(text));
      for await (const sample of this.#samples(this.#live.samples)) await this.#step(sample);
    } catch (error) {
      failed = error;
    }
    endNews();
    const left = await endAll([() => this.#metrics?.close(), () => this.#save(), () => this.#live?.close()]);
    failed ??= left;
    this.#refusals.rest();
    this.#summary();
    if (failed !== undefined) throw failed;
  }

  /** Does what is still due, and the last save. */
  async #save(): Promise<void> {
    this.#rehearsal?.finish(this.#stopped.aborted ? LAST_REHEARSAL_MS : Infinity); // some 20 ms for 200 exemplars
    this.#rehearsal?.close();
    await this.#keeper.close();
  }

  /** Samples for the learner: moments of the source, or windows of them. */
  #samples(moments: AsyncIterable<Sample>): AsyncIterable<Sample> {
    return cut(this.#reading.unread(moments), {
      samples: this.#samplesInWindow,
      hop: this.#args.whole('hop', 1, 1e6),
      axes: () => this.#axes,
      clock: this.#clock,
      refuse: (error) => this.#refuse(error, 'a sample'),
    });
  }

  get #samplesInWindow(): number | undefined {
    return this.#learner ? this.#learner.config.window?.samples : this.#args.whole('window', 8, 256);
  }

  /** Values of a moment of the source, once that is known. */
  get #axes(): number | undefined {
    return this.#learner?.config.window?.axes ?? this.#learner?.inputs ?? this.#wanted.inputs ?? this.#wanted.window?.axes;
  }

  async #step(sample: Sample): Promise<void> {
    const learner = this.#learner ?? (await this.#create(sample));
    if (learner === undefined) return;
    const { x, y, id, t, group } = sample;
    if (x.length !== learner.inputs) return this.#refuse(new Error(`the sample has ${x.length} values, the learner takes ${learner.inputs}`), 'a sample');
    const index = this.#reading.progress.samples;
    const { label, probability, familiar, margin, scores } = learner.predict(x);
    this.#metrics?.write({ label, probability, familiar, margin, scores, labels: learner.labels, ...(y === undefined ? {} : { y }) });

    const chance = label === UNKNOWN ? undefined : probability;
    const learned = y !== undefined && this.#teach(y, () => this.#adaptation!.learn(x, y));
    if (learned) this.#measures.add(y, label, true, chance);
    else if ((id === undefined && !this.#clock.takesSpans) || y !== undefined) this.#adaptation!.adapt(x);
    else this.#pending!.hold(id, x, { answer: label, chance, ...this.#clock.timesOf(sample) });

    // together with what was learned, before anything is waited for
    const { place, shape } = this.#live!;
    if (shape) this.#shape = { ...this.#shape, ...shape };
    this.#reading.step(place);

    const line = {
      index,
      label: label ?? null,
      probability: Number(probability.toFixed(4)),
      familiar: familiarFigure(familiar),
      margin: Number(margin.toFixed(4)),
      correct: learned ? label === y : null,
      ...(learned ? { y } : {}),
      ...(id === undefined ? {} : { id }),
      ...(t === undefined || this.#clock.isOwn ? {} : { t }),
      ...(group === undefined ? {} : { topic: group }),
    };
    this.#live!.publish(line);
    if (!process.stdout.write(`${jsonLine(line)}\n`)) await once(process.stdout, 'drain', { signal: this.#stopped }).catch(() => {});
    await this.#keeper.step();
  }

  /** Undefined, and counted, where the first sample does not make a learner: the next one may. */
  async #create(first: Sample): Promise<Learner | undefined> {
    const samples = this.#samplesInWindow;
    const axes = first.x.length / (samples ?? 1);
    try {
      const learner = await this.#make(axes);
      const { fields } = this.#live!;
      this.#say(`a new learner of ${axes} ${axes === 1 ? 'input' : 'inputs'}${samples === undefined ? '' : ` in windows of ${samples}`}${fields ? `: ${fields.join(', ')}` : ''}`);
      this.#begin(learner);
      return learner;
    } catch (cause) {
      const error = new Error(`the first sample does not make a learner (${(cause as Error).message}); --inputs or --fields say what a sample is`, { cause });
      if (this.#live!.restart === undefined) throw error; // of a table: the next row is no other
      this.#live!.restart();
      this.#refuse(error, 'a sample');
      return undefined;
    }
  }

  #make(axes: number): Promise<Learner> {
    const { inputs: _, window: __, ...wanted } = this.#wanted;
    return createLearner({ ...rememberByHand(wanted), ...shapeOf(axes, this.#samplesInWindow) }, runOf(this.#args));
  }

  #begin(learner: Learner, isStored = false): void {
    this.#learner = this.#live?.shape?.sound ? hearing(learner) : learner;
    this.#rehearsal = new Rehearsal(learner, isEndless(this.#args.text('source')) ? {} : { seconds: Infinity }); // from a file always the same bytes
    this.#adaptation = new Adaptation(learner, { adapt: adaptOf(this.#args), onMoved: (event) => this.#tellMoved(event) });
    this.#pending = new PendingLabels(this.#adaptation);
    this.#keeper.begin(learner, () => this.#note(), isStored);
  }

  #note(): string {
    return noteText({ ...this.#shape, progress: this.#reading.progress });
  }

  #resolve(id: string | number, label: string): void {
    this.#teach(label, () => this.#score(label, this.#pending?.resolve(id, label)?.held));
  }

  #resolveSpan(span: LateLabel): void {
    const { from, to } = spanOf(span, this.#clock);
    this.#teach(span.y, () => {
      const held = this.#pending?.resolveWhere((sample) => isWithin(sample, from, to), span.y) ?? [];
      for (const each of held) this.#score(span.y, each);
      if (held.length === 0) this.#refusals.tell(`a label: no sample waits in the ${Number((to - from).toFixed(3))} s that ${JSON.stringify(span.y)} is for`);
    });
  }

  /** Compares the earlier answer with the label that came late; before the first label there was no answer. */
  #score(label: string, held: Held | undefined): void {
    if (held?.answer === undefined) return;
    this.#late.add(label, held.answer, true, held.chance);
    this.#metrics?.late(held.answer === label);
  }

  /** False, and counted, where the learner does not take this label. */
  #teach(label: string, how: () => void): boolean {
    try {
      if (label.length > LONGEST_LABEL) throw new RangeError(`a label of ${label.length} characters, allowed are ${LONGEST_LABEL}`);
      if (this.#learner) checkAllowed(label, this.#only, this.#learner);
      how();
      return true;
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      this.#refuse(new Error(error.message.replace('raise config.labelCapacity', 'a new store with a larger --label-capacity would have'), { cause: error }), 'a label');
      return false;
    }
  }

  /** Once: it may come again with every label. */
  #tellMoved(event: MovedEvent): void {
    if (!this.#toldMoved) this.#say(movedText(event));
    this.#toldMoved = true;
  }

  #refuse(error: Error, from: string): void {
    this.#refusals.take(error, from);
  }

  #tellNews(): void {
    const { samples, recent } = this.#measures;
    const right = samples > 0 ? `${percent(recent)} of the last ${count(Math.min(200, samples))} labelled ones right` : 'no label yet';
    this.#say(`${count(this.#reading.progress.samples)} samples so far, ${count(this.#learner?.seen ?? 0)} learned, ${right}, ${count(this.#refusals.count)} refused`);
  }

  #summary(): void {
    const learner = this.#learner;
    if (!learner) return this.#say(`no sample came, ${count(this.#refusals.count)} were refused`);
    const { resolved = 0, evicted = 0, unknown = 0 } = this.#pending?.counts() ?? {};
    const right = this.#late.samples > 0 ? `, ${percent(this.#late.accuracy)} of the samples of late labels had been answered right` : '';
    const late = resolved + evicted + unknown > 0 ? `, ${count(resolved)} labels came late, ${count(unknown)} for no sample${right}` : '';
    const missing = learner.stats().missing;
    const measured = this.#measures.samples > 0 ? `accuracy ${percent(this.#measures.accuracy)} in this run` : this.#late.samples > 0 ? '' : 'no accuracy yet: no label came';
    this.#say(`${count(this.#reading.progress.samples)} samples, ${count(learner.seen)} learned${measured === '' ? '' : `, ${measured}`}${late}${missing > 0 ? `, ${count(missing)} values missing` : ''}, ${count(this.#refusals.count)} refused, ${count(this.#live?.dropped ?? 0)} dropped`);
  }

  /** To stderr: stdout belongs to the predictions. */
  #say(text: string): void {
    if (!this.#args.has('quiet')) process.stderr.write(`onward: ${plain(text).slice(0, 500)}\n`);
  }
}
