import { once } from 'node:events';
import { join } from 'node:path';
import { Adaptation, PendingLabels, Rehearsal, UNKNOWN, autosave, createLearner, loadLearner, Measures, type Autosave, type Learner, type LearnerConfig, type MovedEvent } from '../index.js';
import type { Sample } from '../sources/sample.js';
import { windows } from '../sources/window.js';
import { FileStore } from '../stores/file.js';
import { UsageError, section, type Arguments, type Command } from './arguments.js';
import { ADAPT_OPTION, LEARNER_OPTIONS, TAUGHT_MEMORY_OPTIONS, UNKNOWN_OPTION, adaptOf, familiarFigure, learnerConfig, movedText, rememberByHand, runOf } from './learner-options.js';
import { BROKER_OPTIONS } from './broker.js';
import { openLive, type Live } from './live.js';
import { LIVE_OPTIONS } from './live-options.js';
import { METRICS_OPTION, serveMetrics, type Metrics } from './metrics.js';
import { ProgressFile, type Progress } from './progress.js';
import { isEndless } from './source.js';
import { count, percent } from './terminal.js';

/** Labels there is room for where neither they nor their number are given: 4 kB of gates on 64-64 units. */
const LABEL_CAPACITY = 32;
/** A label goes to stdout, into snapshots and into messages. */
const LONGEST_LABEL = 200;
/** Refused payloads are told of once in a while: a broken sensor must not fill the journal. */
const COMPLAINT_MS = 10_000;

export const learn: Command = {
  name: 'learn',
  operands: '',
  about: `Learn from a live source as a service: every sample is predicted, printed as one line of JSON, and learned where it has a label.
What is learned is kept in a folder and gone on with after a restart, a crash or a power failure.`,
  options: {
    ...section('Where samples come from', LIVE_OPTIONS),
    ...section('Where it is kept', {
      store: { value: 'DIR', help: 'the folder of the snapshots; made if it is not there' },
      'save-every': { value: 'N', help: 'save after so many learned samples (default 1000)' },
      'save-seconds': { value: 'S', help: 'and after so many seconds in which something was learned (default 60)' },
    }),
    ...section('Broker', BROKER_OPTIONS),
    ...section('A new learner', {
      window: { value: 'S', help: 'a sample is a window of S moments of one label, 8 to 256; each value of the source is an axis, at most 64' },
      labels: { value: 'NAME,..', help: 'the labels there are; others are refused unless --label-capacity leaves room (default: as they come)' },
      'label-capacity': { value: 'N', help: `labels there is room for, 2 to 256 (default: as many as --labels, or ${LABEL_CAPACITY})` },
      ...LEARNER_OPTIONS,
      ...TAUGHT_MEMORY_OPTIONS,
    }),
    ...section('Samples without a label', ADAPT_OPTION),
    ...section('Answers', UNKNOWN_OPTION),
    ...section('Output', { ...METRICS_OPTION, quiet: { help: 'nothing on stderr but errors' } }),
  },
  notes: [
    'A sample is a line of JSON: {"x": [0.1, 9.8], "y": "idle"}, or flat: {"temp": 21.5, "fan": 3, "y": "idle"}. null is a missing value; without y it is',
    'only predicted, and changes nothing. A label may come later, on any of the topics: {"id": 7, "x": [0.1, 9.8]}, then {"id": 7, "y": "idle"}. t and id are handed through.',
    '',
    'Each prediction is one line: {"index": 12, "label": "idle", "probability": 0.93, "familiar": 0.4, "margin": 0.31, "correct": true, ...}; index goes on over restarts, correct is null without a label.',
    'What is no sample is left out, counted, and told of on stderr. SIGTERM and SIGINT save and end with code 0; after kill -9 the last save counts.',
    'It keeps past samples and, when nothing has been taught for a second, rehearses them once; a file (FILE.csv, or one that is standard input) at its end only.',
    'With --window the label stands in every sample, and a window never goes over a change of label or topic: what is unfinished then is left out.',
    'ONWARD_MQTT_USERNAME and ONWARD_MQTT_PASSWORD keep the password off the command line.',
    '',
    'Exit codes: 0 the source ended or a signal came, and everything is saved; 1 the run failed, starting again may help; 2 the command line was wrong.',
    '',
    'Examples:',
    '  onward learn --source mqtt://localhost/plant/pump --store pump --publish plant/pump/state',
    '  sensor | onward learn --source - --store pump --labels ok,worn',
    '  onward learn --source follow:/var/log/pump.csv --label state --store pump',
    '  onward learn --source serial:/dev/ttyACM0 --labels idle,walk --window 50 --store wrist --metrics 9464',
  ],

  async run(args) {
    const folder = args.text('store');
    if (folder === undefined) throw new UsageError('--store DIR is missing');
    const samples = args.whole('save-every', 1, 1e9) ?? 1000;
    const seconds = args.number('save-seconds', 0.1, 1e6) ?? 60;
    const wanted = wantedConfig(args);
    for (const check of [adaptOf, runOf]) check(args); // wrong ones are told of before the store is made
    const store = await FileStore.open(join(folder, 'learner'));
    try {
      const service = await Service.restore(args, store, await ProgressFile.open(join(folder, 'progress.json')), wanted, { samples, seconds });
      await service.run();
    } finally {
      await store.close();
    }
  },
};

/** One run: a source, a learner and its store. */
class Service {
  readonly #args: Arguments;
  readonly #store: FileStore;
  readonly #progressFile: ProgressFile;
  readonly #wanted: LearnerConfig;
  readonly #every: { samples: number; seconds: number };
  #learner: Learner | undefined;
  #progress: Progress;
  #saver: Autosave | undefined;
  #rehearsal: Rehearsal | undefined;
  #adaptation: Adaptation<Learner> | undefined;
  #pending: PendingLabels | undefined;
  #live: Live | undefined;
  #metrics: Metrics | undefined;
  readonly #measures = new Measures();
  #refused = 0;
  #untold = 0;
  #toldAt = -Infinity;
  #toldMoved = false;
  readonly #stop = new AbortController();

  static async restore(args: Arguments, store: FileStore, progressFile: ProgressFile, wanted: LearnerConfig, every: { samples: number; seconds: number }): Promise<Service> {
    const restored = await store.load();
    const learner = restored && (await loadLearner(restored.snapshot, runOf(args)));
    const progress = restored && progressFile.of(restored.snapshot);
    if (learner) checkSame(learner, wanted, args.whole('window', 8, 256));
    if (learner && !progress && args.text('source')?.startsWith('follow:')) {
      throw new Error('it is not known how far the learner of this store had come in the file: give another --store, or feed the rest to --source -');
    }
    const service = new Service(args, store, progressFile, wanted, every, progress ?? { samples: learner?.seen ?? 0 });
    for (const { generation, reason } of restored?.skipped ?? []) service.#say(`generation ${generation} is damaged (${reason}): going on from the one before it`);
    if (learner) {
      service.#say(`going on from generation ${restored.generation}: ${count(learner.seen)} samples learned, labels ${learner.labels.join(', ') || 'none yet'}`);
      service.#begin(learner);
    }
    return service;
  }

  private constructor(args: Arguments, store: FileStore, progressFile: ProgressFile, wanted: LearnerConfig, every: { samples: number; seconds: number }, progress: Progress) {
    this.#args = args;
    this.#store = store;
    this.#progressFile = progressFile;
    this.#wanted = wanted;
    this.#every = every;
    this.#progress = progress;
  }

  async run(): Promise<void> {
    const stop = (): void => {
      this.#stop.abort();
      this.#live?.stop();
    };
    for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.once(signal, stop); // a second one does not wait
    process.stdout.removeAllListeners('error'); // of other commands, which end there and then: here a closed pipe is a reason to save
    process.stdout.on('error', stop);
    try {
      if ((this.#wanted.inputs !== undefined || this.#wanted.window) && !this.#learner) this.#begin(await createLearner(rememberByHand(this.#wanted), runOf(this.#args)));
      const { fields } = this.#progress;
      const asked = this.#args.text('fields');
      if (fields && asked !== undefined && asked !== fields.join(',')) throw new UsageError(`the stored learner has the fields ${fields.join(',')}: leave --fields out, or give another --store`);
      this.#live = await openLive(this.#args, {
        fields,
        inputs: this.#axes,
        place: this.#progress.place,
        onLabel: (id, label) => this.#resolve(id, label),
        onRefused: (error, from) => this.#refuse(error, from),
        say: (text) => this.#say(text),
      });
      if (this.#stop.signal.aborted) this.#live.stop();
      this.#metrics = await serveMetrics(this.#args, () => this.#learner, () => ({ dropped: this.#live!.dropped, refused: this.#refused }), (text) => this.#say(text));
      for await (const sample of this.#samples(this.#live.samples)) await this.#step(sample);
    } finally {
      await this.#metrics?.close();
      this.#rehearsal?.finish(); // some 20 ms for 200 exemplars
      this.#rehearsal?.close();
      await this.#saver?.close();
      await this.#live?.close();
      this.#summary();
    }
  }

  /** What the learner takes: moments of the source, or windows of them. */
  async *#samples(moments: AsyncIterable<Sample>): AsyncGenerator<Sample> {
    const samples = this.#learner ? this.#learner.config.window?.samples : this.#args.whole('window', 8, 256);
    if (samples === undefined) return yield* moments;
    let axes = this.#axes;
    const whole = async function* (refuse: (error: Error) => void): AsyncGenerator<Sample> {
      for await (const moment of moments) {
        axes ??= moment.x.length;
        if (moment.x.length === axes) yield moment;
        else refuse(new Error(`the sample has ${moment.x.length} values, the learner takes ${axes}`));
      }
    };
    yield* windows(whole((error) => this.#refuse(error, 'a sample')), { samples, group: ({ group }) => group }) as AsyncGenerator<Sample>;
  }

  /** Values of a moment of the source, once that is known. */
  get #axes(): number | undefined {
    return this.#learner?.config.window?.axes ?? this.#learner?.inputs ?? this.#wanted.inputs ?? this.#wanted.window?.axes;
  }

  async #step(sample: Sample): Promise<void> {
    if (!this.#learner) this.#begin(await this.#create(sample));
    const learner = this.#learner!;
    const { x, y, id, t, group } = sample;
    if (x.length !== learner.inputs) return this.#refuse(new Error(`the sample has ${x.length} values, the learner takes ${learner.inputs}`), 'a sample');
    const index = this.#progress.samples;
    const { label, probability, familiar, margin, scores } = learner.predict(x);
    this.#metrics?.write({ label, probability, familiar, margin, scores, labels: learner.labels, ...(y === undefined ? {} : { y }) });

    const learned = y !== undefined && this.#teach(y, () => this.#adaptation!.learn(x, y));
    if (learned) this.#measures.add(y, label === '' ? undefined : label, true, label === UNKNOWN ? undefined : probability);
    else if (id === undefined || y !== undefined) this.#adaptation!.adapt(x);
    else this.#pending!.hold(id, x);

    // together with what was learned, before anything is waited for
    const { fields, place } = this.#live!;
    this.#progress = { samples: index + 1, ...(fields ? { fields } : {}), ...(place ? { place: { ...place } } : {}) };

    const line = {
      index,
      label: label === '' ? null : label,
      probability: Number(probability.toFixed(4)),
      familiar: familiarFigure(familiar),
      margin: Number(margin.toFixed(4)),
      correct: learned ? label === y : null,
      ...(learned ? { y } : {}),
      ...(id === undefined ? {} : { id }),
      ...(t === undefined ? {} : { t }),
      ...(group === undefined ? {} : { topic: group }),
    };
    this.#live!.publish(line);
    if (!process.stdout.write(`${JSON.stringify(line)}\n`)) await once(process.stdout, 'drain', { signal: this.#stop.signal }).catch(() => {});
    await this.#saver!.step(); // a source that is never empty would starve the timer
  }

  async #create(first: Sample): Promise<Learner> {
    try {
      const samples = this.#args.whole('window', 8, 256);
      const axes = first.x.length / (samples ?? 1);
      const learner = await createLearner({ ...rememberByHand(this.#wanted), ...shapeOf(axes, samples) }, runOf(this.#args));
      const { fields } = this.#live!;
      this.#say(`a new learner of ${axes} inputs${samples === undefined ? '' : ` in windows of ${samples}`}${fields ? `: ${fields.join(', ')}` : ''}`);
      return learner;
    } catch (cause) {
      throw new Error(`the first sample does not make a learner (${(cause as Error).message}); --inputs or --fields say what a sample is`, { cause });
    }
  }

  #begin(learner: Learner): void {
    this.#learner = learner;
    this.#rehearsal = new Rehearsal(learner, isEndless(this.#args.text('source')) ? {} : { seconds: Infinity }); // from a file always the same bytes
    this.#adaptation = new Adaptation(learner, { adapt: adaptOf(this.#args), onMoved: (event) => this.#tellMoved(event) });
    this.#pending = new PendingLabels(this.#adaptation);
    this.#saver = autosave(learner, this.#progressFile.beside(this.#store, () => this.#progress), {
      ...this.#every,
      onError: (error) => process.stderr.write(`onward: not saved, learning goes on: ${error.message}\n`),
    });
  }

  #resolve(id: string | number, label: string): void {
    this.#teach(label, () => void this.#pending?.resolve(id, label));
  }

  /** False, and counted, where the learner does not take this label. */
  #teach(label: string, how: () => void): boolean {
    try {
      if (label.length > LONGEST_LABEL) throw new RangeError(`a label of ${label.length} characters, allowed are ${LONGEST_LABEL}`);
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
    this.#refused++;
    this.#untold++;
    if (performance.now() - this.#toldAt < COMPLAINT_MS) return;
    this.#say(`${from}: ${error.message}${this.#untold > 1 ? ` (${count(this.#untold)} refused since the last such line)` : ''}`);
    this.#untold = 0;
    this.#toldAt = performance.now();
  }

  #summary(): void {
    const learner = this.#learner;
    const { resolved = 0, evicted = 0, unknown = 0 } = this.#pending?.counts() ?? {};
    const late = resolved + evicted + unknown > 0 ? `, ${count(resolved)} labels came late, ${count(unknown)} for no sample` : '';
    const missing = learner?.stats().missing ?? 0;
    const measured = this.#measures.samples > 0 ? `, accuracy ${percent(this.#measures.accuracy)} in this run` : '';
    this.#say(learner ? `${count(this.#progress.samples)} samples, ${count(learner.seen)} learned${measured}${late}${missing > 0 ? `, ${count(missing)} values missing` : ''}, ${count(this.#refused)} refused, ${count(this.#live?.dropped ?? 0)} dropped` : `no sample came, ${count(this.#refused)} were refused`);
  }

  /** To stderr: stdout belongs to the predictions. Names and payloads are others' text: no control character of theirs gets to a terminal. */
  #say(text: string): void {
    if (!this.#args.has('quiet')) process.stderr.write(`onward: ${text.replace(/[\p{Cc}\p{Cf}]/gu, '?').slice(0, 500)}\n`);
  }
}

/** What the options ask of a new learner. */
function wantedConfig(args: Arguments): LearnerConfig {
  const labels = args.text('labels')?.split(',') ?? [];
  if (new Set(labels).size < labels.length) throw new UsageError('--labels: a name stands there twice');
  const fields = args.text('fields')?.split(',');
  const inputs = args.whole('inputs', 1, 4096) ?? fields?.length;
  if (fields && inputs !== fields.length) throw new UsageError(`--inputs ${inputs} does not fit the ${fields.length} names in --fields; leave it out`);
  const capacity = args.whole('label-capacity', 2, 256) ?? (labels.length > 0 ? Math.max(2, labels.length) : LABEL_CAPACITY);
  if (labels.length > capacity) throw new UsageError(`--label-capacity ${capacity} is less than the ${labels.length} names in --labels`);
  const window = args.whole('window', 8, 256);
  return { ...learnerConfig(args), labels, labelCapacity: capacity, ...(inputs === undefined ? {} : shapeOf(inputs, window)) };
}

function shapeOf(inputs: number, samples: number | undefined): Pick<LearnerConfig, 'inputs' | 'window'> {
  if (samples !== undefined && inputs > 64) throw new UsageError(`--window: ${inputs} values in a sample, at most 64 can be axes`);
  return samples === undefined ? { inputs } : { window: { axes: inputs, samples } };
}

/** A stored learner goes on as it is: options that ask for another one are a mistake, not a wish. */
function checkSame({ config, labels }: Learner, { labels: wantedLabels, labelCapacity: _, ...wanted }: LearnerConfig, window: number | undefined): void {
  if (window !== undefined && window !== config.window?.samples) throw new UsageError(`the stored learner has ${config.window ? `windows of ${config.window.samples}` : 'no windows'}, not --window ${window}: leave the option out, or give another --store`);
  if (config.window && wanted.inputs !== undefined) wanted = { ...wanted, inputs: config.inputs, window: { ...config.window, axes: wanted.inputs } };
  for (const [name, value] of Object.entries(wanted)) {
    const stored = config[name as keyof typeof config];
    const same = typeof value === 'number' && typeof stored === 'number' ? Math.abs(value - stored) < 1e-9 : JSON.stringify(value) === JSON.stringify(stored);
    if (!same) throw new UsageError(`the stored learner has ${name} ${JSON.stringify(stored)}, not ${JSON.stringify(value)}: leave the option out, or give another --store`);
  }
  const missing = wantedLabels.filter((label) => !labels.includes(label));
  if (labels.length + missing.length > config.labelCapacity) throw new UsageError(`the stored learner has labels ${labels.join(', ')} and no room for ${missing.join(', ')}: give another --store`);
}
