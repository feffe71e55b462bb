/** `onward detect --source`: a detector on a live source, as a service. Alarms are events, a line where one begins and a line where it is over. */
import { once } from 'node:events';
import { join } from 'node:path';
import { detectorBytesNeeded, loadDetector, type Detector, type DetectorConfig, type Observation, type View } from '../host/index.js';
import type { Sample } from '../host/sources/sample.js';
import { FileStore } from '../host/stores/file.js';
import { UsageError, type Arguments } from './arguments.js';
import { Complaints } from './complaints.js';
import { endAll, onDeparture, tellNews } from './departure.js';
import { checkSameDetector, mostlyAlarms, newDetector } from './detector-options.js';
import { Keeper, savedEvery } from './keeper.js';
import { openSource, type LiveSource } from './sources/open.js';
import { serveDetector, type DetectorMetrics } from './metrics.js';
import { besides } from './model.js';
import { checkModelKind } from './model-kinds.js';
import { noteOf, noteText, type ModelNote } from './model-note.js';
import { goingOn, Reading } from './progress.js';
import type { Shape } from './sources/source.js';
import { StillChannels, stillOf, type StillState } from './still-channels.js';
import { checkShape } from './stored-learner.js';
import { count, jsonLine, plain } from './terminal.js';
import { UsualRanges, rangesOf, type Range } from './usual-ranges.js';

export const MOST_CHANNELS = 256;
/** Channels that an event names: as many as fit on a phone. Those that stood still and move are all named, for they are named only once. */
const EXPLAINED = 3;

/** Note of a detector, beside what every model keeps: channels that stand still, the ranges that were learned, and an alarm that is not over. */
interface DetectorNote extends ModelNote, StillState {
  usual?: readonly Range[];
  alarm?: OpenAlarm;
}

interface OpenAlarm {
  /** The index it began with, and how many samples it has. */
  since: number;
  samples: number;
  /** The greatest score in it. */
  greatest: number;
}

export async function detectLive(args: Arguments, given: DetectorConfig): Promise<void> {
  const folder = args.text('store');
  for (const name of ['save-every', 'save-seconds']) if (folder === undefined && args.has(name)) throw new UsageError(`--${name} needs a --store DIR`);
  const every = savedEvery(args);
  const channels = args.whole('inputs', 1, MOST_CHANNELS) ?? args.text('fields')?.split(',').length;
  const wanted = { ...given, ...(channels === undefined ? {} : { channels }) };
  const store = folder === undefined ? undefined : await FileStore.open(join(folder, 'detector'));
  try {
    await new Guard(args, wanted, store && new Keeper(store, every), await restore(store, folder, args, wanted)).run();
  } finally {
    await store?.close().catch(() => {}); // a lock that cannot be removed is taken over by the next run
  }
}

interface Restored {
  detector?: Detector;
  note: DetectorNote;
  told: string[];
}

/** @throws UsageError for options that the stored detector contradicts */
async function restore(store: FileStore | undefined, folder: string | undefined, args: Arguments, wanted: DetectorConfig): Promise<Restored> {
  const restored = await store?.load();
  if (restored === undefined) return { note: {}, told: folder === undefined ? [] : besides(folder, 'detector') };
  const { snapshot, generation, skipped } = restored;
  checkModelKind('detect', folder!, snapshot);
  const detector = await loadDetector(snapshot);
  const note = detectorNoteOf(detector.note);
  checkSameDetector(detector, wanted);
  const told = skipped.map(({ generation: damaged, reason }) => `generation ${damaged} is damaged (${reason}): going on from the one before it`);
  told.push(`going on from generation ${generation}: ${count(detector.seen)} samples observed`, ...checkShape(note, args, 'detector'));
  if (!note.progress) Object.assign(note, await goingOn(detector.seen, args, told));
  return { detector, note, told };
}

/** One run: a source, a detector, and its store where it has one. */
class Guard {
  readonly #args: Arguments;
  readonly #wanted: DetectorConfig;
  readonly #keeper: Keeper | undefined;
  readonly #stopped: AbortSignal;
  readonly #refusals = new Complaints((text) => this.#say(text));
  readonly #still: StillChannels;
  readonly #usual: UsualRanges;
  #detector: Detector | undefined;
  #learning = false;
  /** Note of the stored detector about its samples, until the source knows. */
  #shape: Shape;
  readonly #reading: Reading;
  #alarm: OpenAlarm | undefined;
  /** Of this run: alarms that began, samples that were alarms, and all that came after the warm-up. */
  #alarms = 0;
  #alarmed = 0;
  #judged = 0;
  #live: LiveSource | undefined;
  #metrics: DetectorMetrics | undefined;

  constructor(args: Arguments, wanted: DetectorConfig, keeper: Keeper | undefined, { detector, note, told }: Restored) {
    const { progress, still, moved, usual, alarm, ...shape } = note;
    this.#args = args;
    this.#wanted = wanted;
    this.#keeper = keeper;
    this.#stopped = onDeparture(() => this.#live?.stop(), (ms) => (keeper ? keeper.leave(ms) : process.exit()));
    this.#shape = shape;
    this.#still = new StillChannels({ ...(still ? { still } : {}), ...(moved ? { moved } : {}) });
    this.#usual = new UsualRanges(usual);
    this.#alarm = alarm;
    this.#reading = new Reading(progress ?? { samples: detector?.seen ?? 0 }, args, this.#stopped, (text) => this.#say(text));
    for (const text of told) this.#say(text);
    if (detector) this.#begin(detector, true);
  }

  async run(): Promise<void> {
    let failed: unknown;
    const endNews = tellNews(() => this.#say(`${this.#soFar()} so far`));
    try {
      if (this.#wanted.channels !== undefined && !this.#detector) this.#begin(await newDetector(this.#wanted));
      await detectorBytesNeeded(); // the core is read now: by the first sample the package may be another
      this.#live = await openSource(this.#args, {
        channelsOnly: true,
        fields: this.#shape.fields,
        shape: this.#shape,
        inputs: this.#detector?.config.channels,
        most: MOST_CHANNELS,
        place: this.#reading.progress.place,
        onLabel: () => this.#refusals.add('a label that came by itself: a detector learns without'),
        onRefused: this.#refusals.take,
        say: (text) => this.#say(text),
      });
      if (this.#stopped.aborted) this.#live.stop();
      this.#metrics = await serveDetector(this.#args, () => this.#detector, () => ({ dropped: this.#live!.dropped, refused: this.#refusals.count }), (text) => this.#say(text));
      for await (const sample of this.#reading.unread(this.#live.samples)) await this.#step(sample);
    } catch (error) {
      failed = error;
    }
    endNews();
    const left = await endAll([() => this.#metrics?.close(), () => this.#keeper?.close(), () => this.#live?.close()]);
    failed ??= left;
    this.#refusals.rest();
    this.#say(this.#detector ? `${this.#soFar()}, ${count(this.#live?.dropped ?? 0)} dropped` : `no sample came, ${count(this.#refusals.count)} were refused`);
    const doubt = this.#detector && mostlyAlarms(this.#detector.config, this.#alarmed, this.#judged);
    if (doubt !== undefined) this.#say(doubt);
    if (failed !== undefined) throw failed;
  }

  async #step(sample: Sample): Promise<void> {
    const detector = this.#detector ?? this.#begin(await newDetector({ ...this.#wanted, channels: sample.x.length }));
    const { x, y, id, t, group } = sample;
    const { channels } = detector.config;
    if (x.length !== channels) return this.#refusals.add(`a sample: it has ${x.length} values, the detector takes ${channels}`);
    const index = this.#reading.progress.samples;
    const found = this.#observe(detector, Float64Array.from(x));
    const names = this.#live!.fields ?? this.#shape.fields;
    if (detector.seen > detector.config.warmup) this.#judged++;
    if (found.alarm) this.#alarmed++;
    const event = this.#eventOf(index, found);
    this.#metrics?.write({ ...found, alarm: this.#alarm !== undefined, names }); // one that was open when the last run ended, too

    // together with what was learned, before anything is waited for
    const { place, shape } = this.#live!;
    if (shape) this.#shape = { ...this.#shape, ...shape };
    this.#reading.step(place);

    if (event || this.#args.has('scores')) {
      const line = {
        index,
        ...event,
        score: short(found.score),
        alarm: found.alarm,
        ...(found.alarm ? { view: viewOf(found), channels: parts(found, names, Math.max(EXPLAINED, found.moved)) } : {}),
        ...(y === undefined ? {} : { y }),
        ...(id === undefined ? {} : { id }),
        ...(t === undefined ? {} : { t }),
        ...(group === undefined ? {} : { topic: group }),
      };
      this.#live!.publish(line);
      if (!process.stdout.write(`${jsonLine(line)}\n`)) await once(process.stdout, 'drain', { signal: this.#stopped }).catch(() => {});
    }
    await (event ? this.#keeper?.saveNow() : this.#keeper?.step());
  }

  /** A channel that stood still while it was learned is an alarm when it first moves, whatever its score. */
  #observe(detector: Detector, x: Float64Array): Observation & { moved: number } {
    if (this.#learning) {
      this.#still.learn(x);
      this.#usual.learn(x);
      const found = detector.observe(x);
      if (detector.stats().toLearn === 0) this.#tellLearned();
      return { ...found, moved: 0 };
    }
    const held = this.#still.hold(x);
    const found = detector.observe(held.x);
    if (held.moved.length === 0) return { ...found, moved: 0 };
    const channels = found.channels.slice();
    for (const channel of held.moved) channels[channel] = Math.max(1, found.score);
    return { ...found, score: Math.max(1, found.score), alarm: true, channels, moved: held.moved.length };
  }

  /** Events that begin or end with this sample. An alarm lasts while the score is 1 or more, though the detector rations alarms and calls only the first sample one. */
  #eventOf(index: number, { score, alarm }: Observation): object | undefined {
    const open = this.#alarm;
    if (open && score >= 1) this.#alarm = { ...open, samples: open.samples + 1, greatest: Math.max(open.greatest, short(score)) };
    else if (alarm) {
      this.#alarm = { since: index, samples: 1, greatest: short(score) };
      this.#alarms++;
      return { event: 'alarm' };
    } else if (open) {
      this.#alarm = undefined;
      return { event: 'over', ...open };
    }
    return undefined;
  }

  #begin(detector: Detector, isStored = false): Detector {
    this.#detector = detector;
    const { channels, mode, warmup } = detector.config;
    const { toLearn } = detector.stats();
    this.#learning = toLearn > 0;
    const names = this.#live?.fields ?? this.#shape.fields;
    if (!isStored) this.#say(`a new detector of ${channels} ${channels === 1 ? 'channel' : 'channels'}${names ? ` (${names.slice(0, 12).join(', ')}${names.length > 12 ? ', ...' : ''})` : ''}, ${mode}: no alarm in the first ${count(warmup)} samples`);
    else if (this.#learning) this.#say(`${count(toLearn)} samples are still to be learned`);
    this.#keeper?.begin(detector, () => this.#note(), isStored);
    return detector;
  }

  #tellLearned(): void {
    this.#learning = false;
    const names = this.#live!.fields;
    const still = [...this.#still.values].map(([channel, value]) => `${names?.[channel] ?? channel} (${value})`);
    this.#say(`learned what is normal: ${this.#usual.text(names)}${still.length > 0 ? `; these stood still, and the first change of each is one alarm and no more: ${still.slice(0, 12).join(', ')}${still.length > 12 ? ', ...' : ''}` : ''}`);
  }

  #note(): string {
    const note: DetectorNote = { ...this.#shape, ...this.#still.state, ...(this.#usual.ranges.length > 0 ? { usual: this.#usual.ranges } : {}), ...(this.#alarm ? { alarm: this.#alarm } : {}), progress: this.#reading.progress };
    return noteText(note);
  }

  #soFar(): string {
    return `${count(this.#reading.progress.samples)} samples, ${this.#alarms === 1 ? '1 alarm' : `${count(this.#alarms)} alarms`} in this run, ${count(this.#refusals.count)} refused`;
  }

  /** To stderr: stdout belongs to the alarms. */
  #say(text: string): void {
    if (!this.#args.has('quiet')) process.stderr.write(`onward: ${plain(text).slice(0, 500)}\n`);
  }
}

function detectorNoteOf(text: string): DetectorNote {
  const note = noteOf(text);
  try {
    const { still, moved, usual, alarm } = JSON.parse(text || '{}') as DetectorNote;
    const ranges = rangesOf(usual);
    const isAlarm = typeof alarm?.since === 'number' && typeof alarm.samples === 'number' && typeof alarm.greatest === 'number';
    return { ...note, ...stillOf(still, moved), ...(ranges ? { usual: ranges } : {}), ...(isAlarm ? { alarm } : {}) };
  } catch {
    return note;
  }
}

/** The view of the channel with the greatest part. */
function viewOf({ channels, views }: Observation): View {
  return views[channels.indexOf(Math.max(...channels))]!;
}

/** The channels with the greatest parts in the score. */
function parts({ channels }: Observation, names: readonly string[] | undefined, limit: number): Record<string, number> {
  const most = Array.from(channels, (part, i) => [names?.[i] ?? String(i), short(part)] as const).filter(([, part]) => part > 0);
  return Object.fromEntries(most.sort((a, b) => b[1] - a[1]).slice(0, limit));
}

function short(value: number): number {
  return Number(value.toPrecision(4));
}
