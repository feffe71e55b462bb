/** WAV files as the table of their features: a row for every window, with the label that its folder or its name says. */
import { readFileSync, readdirSync, statSync } from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { createHearing } from '../host/sound/index.js';
import { isSilent } from '../host/sound/silence.js';
import { featureNames, resolveSoundWindow, type ResolvedSoundWindow } from '../host/sound/window.js';
import type { TableSample } from '../host/sources/csv.js';
import type { Sample } from '../host/sources/sample.js';
import { soundWindows } from '../host/sources/sound-windows.js';
import { readWav, type Sound } from '../host/sources/wav.js';
import { UsageError, type Arguments, type Option } from './arguments.js';
import { CSV_OPTIONS, tellWarnings } from './files.js';
import { counted } from './terminal.js';
import type { RecordingOf } from './recordings.js';

export const SOUND_OPTIONS: Record<string, Option> = {
  audio: { value: 'HZ', help: 'of WAV files: 8000 or 16000 samples a second, to which they are resampled (default 16000)' },
  seconds: { value: 'S', help: 'of WAV files: length of a sample, 0.25 to 4 (default 1)' },
};

const WAV = /\.wave?$/i;

/** True for a WAV file, and for a folder, which can hold nothing else that is read. */
export function isSound(path: string): boolean {
  return WAV.test(path) || (statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false);
}

/** The window that the command line asks for. @throws UsageError */
export function soundWindowOf(args: Arguments): ResolvedSoundWindow {
  const audio = args.whole('audio', 8000, 16000) ?? 16000;
  if (audio !== 8000 && audio !== 16000) throw new UsageError(`--audio must be 8000 or 16000, got ${audio}`);
  return resolveSoundWindow({ audio, samples: Math.round((args.number('seconds', 0.25, 4) ?? 1) * audio) });
}

/** @throws UsageError where an option asks for another window than the one that was taught */
export function checkSound({ audio, samples }: ResolvedSoundWindow, args: Arguments, who: string): void {
  const asked = soundWindowOf(args);
  const others = [args.has('audio') && asked.audio !== audio, args.has('seconds') && Math.round(args.number('seconds', 0.25, 4)! * audio) !== samples];
  if (others.includes(true)) throw new UsageError(`${who} has ${samples / audio} s of sound at ${audio} Hz: leave --audio and --seconds out, or take another`);
}

/** The same for a file or folder; undefined where it is no sound. @throws UsageError for options of sound then, and for those of tables where it is */
export function soundOf(path: string, args: Arguments): ResolvedSoundWindow | undefined {
  if (isSound(path)) {
    if (args.has('window')) throw new UsageError('--window is of tables; --seconds says how long a sample of sound is');
    checkNoTable(args);
    return soundWindowOf(args);
  }
  for (const name of Object.keys(SOUND_OPTIONS)) if (args.has(name)) throw new UsageError(`--${name} is of WAV files, or a folder of them`);
  return undefined;
}

/** @throws UsageError for options of tables, which would change what the features are */
export function checkNoTable(args: Arguments): void {
  const idle = ['target', ...Object.keys(CSV_OPTIONS)].find((name) => args.has(name));
  if (idle !== undefined) throw new UsageError(`--${idle} is of tables; a sound has the label that its folder or its name says`);
}

/** A file of which not all is heard, and why. */
export type Unheard = (file: string, why: string) => void;

/**
 * Features of every window; `id` says which file, and in a longer one where. A file in a folder that cannot be read is told of, and left out.
 * @throws Error that names the file, or the folder where no file of it can be read
 */
export async function* soundSamples(path: string, window: ResolvedSoundWindow, tell: Unheard): AsyncGenerator<Sample & { id: string; y: string; file: string }> {
  const hearing = await createHearing(window);
  const files = wavFiles(path);
  const isFolder = files[0] !== path;
  let heard = 0;
  let last = '';
  for (const file of files) {
    let sound: Sound;
    try {
      sound = readWav(readFileSync(file));
    } catch (cause) {
      last = `${file}: ${(cause as Error).message}`;
      if (!isFolder) throw new Error(last, { cause });
      tell(file, `left out: ${(cause as Error).message}`);
      continue;
    }
    heard++;
    const { samples, rate, missing = 0 } = sound;
    if (missing > 0) tell(file, `cut short: of ${((samples.length + missing) / rate).toFixed(2)} s it has ${(samples.length / rate).toFixed(2)}, which are used`);
    const pieces = [...soundWindows(sound, window)];
    const name = isFolder ? relative(path, file) : basename(file);
    for (const { x, t } of pieces) yield { x: hearing.features(x), y: labelOf(path, file), id: pieces.length > 1 ? `${name} ${t.toFixed(2)} s` : name, file };
  }
  if (heard === 0) throw new Error(`${path}: no WAV file in this folder can be read; ${last}`);
}

/** Says on stderr which files are not heard whole, as a table's doubts are told. */
export function tellUnheard(args: Arguments): Unheard {
  return (file, why) => tellWarnings(file, { warnings: [why] }, args);
}

/** The same as CSV, for whoever reads tables. */
export interface SoundTable {
  text: Uint8Array;
  /** The file that a row was cut from. */
  recordingOf: RecordingOf;
  /** True where windows of one file overlap. */
  overlaps: boolean;
  /** Files that are not heard whole, and why; they are told of already. */
  warnings: string[];
}

/**
 * @param isTest of a file that is read like another, one label may be all there is
 * @throws Error where nothing can be learned from it
 */
export async function soundTable(path: string, window: ResolvedSoundWindow, args: Arguments, isTest = false): Promise<SoundTable> {
  const lines = [[...featureNames(window), 'label'].join(',')];
  const files: string[] = [];
  const warnings: string[] = [];
  const tell = tellUnheard(args);
  const unheard: Unheard = (file, why) => {
    warnings.push(`${file}: ${why}`);
    tell(file, why);
  };
  const labels = new Set<string>();
  const silent = new Map<string, number>();
  for await (const { x, y, file } of soundSamples(path, window, unheard)) {
    labels.add(y);
    if (isSilent(x)) silent.set(y, (silent.get(y) ?? 0) + 1);
    lines.push([...Array.from(x, (value) => (Number.isNaN(value) ? '' : String(value))), `"${y.replaceAll('"', '""')}"`].join(','));
    files.push(file);
  }
  for (const [label, windows] of silent) unheard(label, `${counted(windows, 'window')} of it without any sound, which ${windows === 1 ? 'is' : 'are'} answered by unknown, whatever is taught; record a quiet room in ${windows === 1 ? 'its' : 'their'} place`);
  if (labels.size < 2 && !isTest) throw new Error(`${path}: every sound is ${[...labels].map((label) => JSON.stringify(label)).join()}; two labels are needed to learn a difference: give each a folder, such as ${join(path, 'yes')} and ${join(path, 'no')}`);
  return {
    text: new TextEncoder().encode(`${lines.join('\n')}\n`),
    recordingOf: (sample) => files[(sample as TableSample).row - 2], // the header is row 1
    overlaps: new Set(files).size < files.length,
    warnings,
  };
}

/** In the order of their names, those of the folder and of the folders in it. */
function wavFiles(path: string): string[] {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (!stat) throw new Error(`there is no file ${path}`);
  if (!stat.isDirectory()) return [path];
  const files = readdirSync(path, { withFileTypes: true }).flatMap((entry) => {
    if (entry.name.startsWith('.')) return []; // macOS leaves a ._clap-1.wav, which is none, beside clap-1.wav
    if (!entry.isDirectory()) return WAV.test(entry.name) ? [join(path, entry.name)] : [];
    return readdirSync(join(path, entry.name)).filter((name) => WAV.test(name) && !name.startsWith('.')).map((name) => join(path, entry.name, name));
  });
  if (files.length === 0) throw new Error(`${path}: there is no .wav in this folder, nor in those in it; it is a directory: name a CSV file, or a folder of WAV files`);
  return files.sort();
}

/** Of a file in a folder of the folder that folder; else its name up to a number: `clap-01.wav`, `clap.3.wav` and `clap (2).wav` are claps; of a number alone its folder. */
function labelOf(path: string, file: string): string {
  const folder = dirname(file);
  if (file !== path && relative(path, folder) !== '') return basename(folder);
  const name = basename(file).replace(WAV, '');
  if (/^[\s\d._()-]+$/.test(name)) return basename(resolve(folder));
  return /^(.*?[^\s\d._()-])[\s._(-]*\d[\s\d._()-]*.*$/.exec(name)?.[1] ?? name;
}
