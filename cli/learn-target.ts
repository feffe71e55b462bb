/** `onward learn --target`: a regressor as a service, which answers each sample with a number before it learns the one that belongs to it. */
import { once } from 'node:events';
import { join } from 'node:path';
import { createRegressor, loadRegressor, regressorBytesNeeded } from '../host/regressor/index.js';
import type { Estimate, Regressor } from '../host/regressor/regressor.js';
import type { Sample } from '../host/sources/sample.js';
import { FileStore } from '../host/stores/file.js';
import { UsageError, type Arguments } from './arguments.js';
import { BROKER_OPTIONS } from './broker.js';
import { Complaints } from './complaints.js';
import { endAll, onDeparture, tellNews } from './departure.js';
import { Errors, figure, regressorWishes, targetIn, type RegressorWishes } from './eval-target.js';
import { Keeper, STORE_OPTIONS, savedEvery } from './keeper.js';
import { besides } from './model.js';
import { checkModelKind } from './model-kinds.js';
import { aheadOf, isTarget, noteOf, noteText, withTarget, withoutTarget, type ModelNote } from './model-note.js';
import { goingOn, Reading } from './progress.js';
import { openSource, type LiveSource } from './sources/open.js';
import { OPTIONS_OF_SOURCES } from './sources/options.js';
import type { Shape } from './sources/source.js';
import { count, counted, jsonLine, percent, plain } from './terminal.js';

const { label: _, inputs: __, ...SOURCE_OPTIONS } = OPTIONS_OF_SOURCES;
const TAKEN = ['target', 'horizon', 'lags', 'units', 'bits', 'seed', 'rate', 'margin', 'quiet', ...Object.keys({ ...SOURCE_OPTIONS, ...STORE_OPTIONS, ...BROKER_OPTIONS })];
const DECIMAL = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;
/** Values of a sample: more would leave no room for a lag. */
const MOST_INPUTS = 511;

export async function learnTarget(args: Arguments): Promise<void> {
  const idle = [...args.names].find((name) => !TAKEN.includes(name));
  if (idle !== undefined) throw new UsageError(`give --target or --${idle}, not both`);
  const folder = args.text('store');
  if (folder === undefined) throw new UsageError('--store DIR is missing');
  const [target, wishes, every] = [args.text('target')!, regressorWishes(args), savedEvery(args)];
  const store = await FileStore.open(join(folder, 'regressor'));
  try {
    await new Numbers(args, target, wishes, new Keeper(store, every), await restore(store, folder, args, target, wishes)).run();
  } finally {
    await store.close().catch(() => {}); // a lock that cannot be removed is taken over by the next run
  }
}

interface Restored {
  regressor?: Regressor;
  note: ModelNote;
  told: string[];
}

/** @throws UsageError for options that the stored regressor contradicts */
async function restore(store: FileStore, folder: string, args: Arguments, target: string, { ahead, lags, given }: RegressorWishes): Promise<Restored> {
  const restored = await store.load();
  if (restored === undefined) return { note: {}, told: besides(folder, 'regressor') };
  const { snapshot, generation, skipped } = restored;
  checkModelKind('learn', folder, snapshot);
  const regressor = await loadRegressor(snapshot);
  const note = noteOf(regressor.note);
  const { config } = regressor;
  const asked = { ...(isTarget(target, note) ? {} : { target }), ...(args.has('horizon') ? { horizon: ahead } : {}), ...(args.has('lags') ? { lags } : {}), ...given };
  const has: Record<string, unknown> = { ...config, target: `${note.target}${/^\d+$/.test(target) && note.targetInput ? ` (column ${note.targetInput.column})` : ''}`, horizon: aheadOf(note, config) };
  for (const [name, value] of Object.entries(asked)) {
    const same = typeof value === 'number' ? Math.abs(value - (has[name] as number)) < 1e-4 : String(value) === String(has[name]);
    if (!same) throw new UsageError(`the stored regressor has ${name} ${String(has[name])}, not ${String(value)}: leave the option out, or give another --store`);
  }
  regressor.begin(); // between two runs numbers came that nobody knows
  const { seen } = regressor;
  const told = [...skipped.map(({ generation: damaged, reason }) => `generation ${damaged} is damaged (${reason}): going on from the one before it`), `going on from generation ${generation}: ${count(seen)} samples learned`];
  if (!note.progress) Object.assign(note, await goingOn(seen, args, told));
  return { regressor, note, told };
}

/** One run: a source, a regressor and its store. */
class Numbers {
  readonly #args: Arguments;
  #target: string;
  readonly #wishes: RegressorWishes;
  readonly #keeper: Keeper;
  readonly #stopped: AbortSignal;
  readonly #refusals = new Complaints((text) => this.#say(text));
  readonly #errors = new Errors();
  /** Samples whose number is not known yet, and what was answered. */
  readonly #waiting: { x: ArrayLike<number>; answer: Estimate }[] = [];
  #within = 0;
  #ahead: number;
  #regressor: Regressor | undefined;
  /** Shape of the source's samples, the target among them where it is a column. */
  #shape: Shape;
  /** Fields of JSON that the stored regressor has, beside the target. */
  readonly #fields: readonly string[] | undefined;
  /** Place of the target in a row of a table; -1 where it stands apart from the values. Undefined before the first sample. */
  #at: number | undefined;
  readonly #reading: Reading;
  #live: LiveSource | undefined;

  constructor(args: Arguments, target: string, wishes: RegressorWishes, keeper: Keeper, { regressor, note, told }: Restored) {
    const { progress, ahead: _, ...shape } = note;
    this.#args = args;
    this.#target = note.target ?? target;
    this.#wishes = wishes;
    this.#keeper = keeper;
    this.#stopped = onDeparture(() => this.#live?.stop(), (ms) => keeper.leave(ms));
    this.#ahead = regressor === undefined ? wishes.ahead : aheadOf(note, regressor.config);
    this.#shape = withTarget(shape);
    this.#fields = shape.fields;
    this.#reading = new Reading(progress ?? { samples: regressor?.seen ?? 0 }, args, this.#stopped, (text) => this.#say(text));
    for (const text of told) this.#say(text);
    if (regressor) this.#begin(regressor, true);
  }

  async run(): Promise<void> {
    let failed: unknown;
    const endNews = tellNews(() => this.#say(`${this.#soFar()} so far`));
    try {
      await regressorBytesNeeded({ inputs: 1 }); // the core is read now: by the first sample the package may be another
      this.#live = await openSource(this.#args, {
        channelsOnly: true, // of a table the target is one of them; of JSON it is the field that a label would be
        fields: this.#fields,
        shape: { ...this.#shape, label: this.#target },
        take: [this.#target], // an id, if a person names it, is a number to predict
        inputs: undefined,
        most: MOST_INPUTS,
        place: this.#reading.progress.place,
        onLabel: () => this.#refusals.add('a number that came by itself: it is learned with its sample, or with --horizon N rows later'),
        onRefused: this.#refusals.take,
        say: (text) => this.#say(text),
      });
      if (this.#stopped.aborted) this.#live.stop();
      for await (const sample of this.#reading.unread(this.#live.samples)) await this.#step(sample);
    } catch (error) {
      failed = error;
    }
    endNews();
    const left = await endAll([() => this.#keeper.close(), () => this.#live?.close()]);
    failed ??= left;
    this.#refusals.rest();
    this.#say(this.#regressor ? `${this.#soFar()}, ${count(this.#live?.dropped ?? 0)} dropped` : `no sample came, ${count(this.#refusals.count)} were refused`);
    if (failed !== undefined) throw failed;
  }

  async #step(sample: Sample): Promise<void> {
    const { id, t, group } = sample;
    const parts = this.#partsOf(sample);
    if (parts === undefined) return;
    const { x, y } = parts;
    const regressor = this.#regressor ?? (await this.#create(x.length));
    const { inputs } = regressor.config;
    if (x.length !== inputs) return this.#refusals.add(`a sample: it has ${x.length} values beside the target, the regressor takes ${inputs}`);
    const index = this.#reading.progress.samples;
    if (this.#ahead > 0 && this.#waiting.length === this.#ahead) this.#learn(regressor, this.#waiting.shift()!, y);
    const answer = regressor.predict(x);
    if (this.#ahead > 0) this.#waiting.push({ x: Float64Array.from(x), answer });
    else this.#learn(regressor, { x, answer }, y);

    // together with what was learned, before anything is waited for
    const { place, shape } = this.#live!;
    if (shape) this.#shape = { ...this.#shape, ...shape };
    this.#reading.step(place);

    const line = {
      index,
      value: figure(answer.value),
      low: figure(answer.low),
      high: figure(answer.high),
      ...(Number.isNaN(y) ? {} : { y: figure(y) }),
      ...(id === undefined ? {} : { id }),
      ...(t === undefined ? {} : { t }),
      ...(group === undefined ? {} : { topic: group }),
    };
    this.#live!.publish(line);
    if (!process.stdout.write(`${jsonLine(line)}\n`)) await once(process.stdout, 'drain', { signal: this.#stopped }).catch(() => {});
    await this.#keeper.step();
  }

  /** The values beside the target, and the target, NaN where it is missing; undefined, and counted, where it is no number. */
  #partsOf({ x, y }: Sample): { x: ArrayLike<number>; y: number } | undefined {
    const at = (this.#at ??= this.#findTarget());
    if (at >= 0) return { x: Array.from(x).filter((_, i) => i !== at), y: x[at]! };
    if (y === undefined) {
      if (this.#regressor === undefined && this.#live!.shape?.form === 'x') this.#say(`the first sample has no "${this.#target}", and its values have no names: nothing is learned until a sample has it; name the values with --fields, print a line of names first, or send objects`);
      return { x, y: NaN };
    }
    if (DECIMAL.test(y.trim()) && Number.isFinite(Math.fround(Number(y)))) return { x, y: Number(y) };
    this.#refusals.add(`a sample: "${this.#target}" is ${JSON.stringify(y.slice(0, 40))}, and a target is a number that binary32 holds`);
    return undefined;
  }

  #findTarget(): number {
    const { shape, fields } = this.#live!;
    if (this.#regressor !== undefined || shape?.layout === undefined) return fields?.indexOf(this.#target) ?? -1;
    const { at, input } = targetIn(this.#args.text('source')!, shape.layout, this.#target);
    this.#target = input.name; // it may have been a number
    return at;
  }

  #learn(regressor: Regressor, { x, answer }: { x: ArrayLike<number>; answer: Estimate }, y: number): void {
    regressor.learn(x, y);
    if (Number.isNaN(y) || Number.isNaN(answer.value)) return;
    this.#errors.add(y, answer.value);
    if (y >= answer.low && y <= answer.high) this.#within++;
  }

  async #create(inputs: number): Promise<Regressor> {
    const { ahead, lags, given } = this.#wishes;
    if (inputs + lags === 0) throw new Error(`the samples hold nothing but ${this.#target}; give --horizon N to foresee it, or --lags N`);
    const regressor = await createRegressor({ inputs, lags, horizon: Math.max(1, ahead), ...given });
    this.#say(`a new regressor of ${this.#target} from ${counted(inputs, 'input')}${lags > 0 ? ` and ${counted(lags, 'lag')}` : ''}`);
    this.#begin(regressor, false);
    return regressor;
  }

  #begin(regressor: Regressor, isStored: boolean): void {
    this.#regressor = regressor;
    this.#keeper.begin(regressor, () => noteText({ ...withoutTarget(this.#shape, this.#target), target: this.#target, ahead: this.#ahead, progress: this.#reading.progress }), isStored);
  }

  #soFar(): string {
    const { count: compared } = this.#errors;
    const well = compared === 0 ? 'none compared yet' : `mean error ${Number(this.#errors.figures().mae.toPrecision(4))} in this run, ${percent(this.#within / compared)} within low to high`;
    return `${count(this.#reading.progress.samples)} samples, ${count(this.#regressor?.seen ?? 0)} learned, ${well}, ${count(this.#refusals.count)} refused`;
  }

  /** To stderr: stdout belongs to the answers. */
  #say(text: string): void {
    if (!this.#args.has('quiet')) process.stderr.write(`onward: ${plain(text).slice(0, 500)}\n`);
  }
}
