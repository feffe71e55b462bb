/** Sound, as docs/sound.md has it. */

export interface SpeechRow {
  readonly audio: number;
  /** Right answers in %: mean of folds and seeds, and the worst. */
  readonly core: number;
  readonly coreWorst: number;
  readonly float: number;
  readonly floatWorst: number;
  readonly nearestMean: number;
  readonly nearestSample: number;
  readonly taught: number;
}

export interface RoomRow {
  readonly audio: number;
  /** Windows taught of each sound. */
  readonly windows: number;
  readonly onward: number;
  readonly worst: number;
  readonly nearestMean: number;
  readonly nearestMeanWorst: number;
  readonly nearestSample: number;
  readonly nearestSampleWorst: number;
}

export interface SoundResult {
  readonly voices: readonly string[];
  readonly words: readonly string[];
  readonly takes: number;
  readonly seeds: number;
  readonly folds: number;
  readonly exemplars: number;
  readonly roomSeeds: number;
  readonly speech: readonly SpeechRow[];
  readonly room: readonly RoomRow[];
}

const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
const percent = (value: number, worst?: number): string => `${value.toFixed(1)}${worst === undefined ? '' : ` (${worst.toFixed(1)})`}`;

/** In Markdown. */
export function soundTables({ words, voices, takes, seeds, folds, exemplars, roomSeeds, speech, room }: SoundResult): string {
  return [
    line(['right answers in %, mean (worst)', 'onward', 'onward on floats', 'nearest sample', 'nearest mean']),
    line(['---', '---:', '---:', '---:', '---:']),
    ...speech.map((row) => line([`${words.length} words, ${row.audio / 1000} kHz`, percent(row.core, row.coreWorst), percent(row.float, row.floatWorst), percent(row.nearestSample), percent(row.nearestMean)])),
    ...room.map((row) => line([`claps, whistle, hum, ${row.audio / 1000} kHz`, percent(row.onward, row.worst), '', percent(row.nearestSample, row.nearestSampleWorst), percent(row.nearestMean, row.nearestMeanWorst)])),
    '',
    `Words: ${words.join(', ')}, by ${voices.length} voices of espeak-ng, ${takes} times each at another pitch, speed and level, in noise 15 to 40 dB below the voice. ${voices.length - voices.length / folds} voices are taught (${speech[0]!.taught} samples, one pass and a rehearsal, ${exemplars} exemplars), ${voices.length / folds} that were never heard are asked; ${folds} times, ${seeds} seeds each (\`npm run bench:sound\`). "On floats" is the same learner on the same features without a rounding.`,
    `The three sounds: three seconds of each, one after the other (${room[0]!.windows} windows each), then takes that are new; ${roomSeeds} seeds. The nearest sample keeps all it was taught, as floats.`,
  ].join('\n');
}

export interface BoardRow {
  readonly audio: number;
  /** Cycles: features of a second of sound, an answer, a learned sample. */
  readonly hear: number;
  readonly predict: number;
  readonly learn: number;
  /** Bytes. */
  readonly flash: number;
  readonly ram: number;
}

/** What it costs a board, in Markdown. */
export function boardTable({ hertz, exemplars, rows }: { hertz: number; exemplars: number; rows: readonly BoardRow[] }): string {
  const ms = (cycles: number): string => `${((1000 * cycles) / hertz).toFixed(0)} ms`;
  const share = ({ hear, predict }: BoardRow, perSecond: number): string => `${((100 * perSecond * (hear + predict)) / hertz).toFixed(0)} %`;
  return [
    line(['on an RP2040 at 125 MHz', 'features of a second', 'an answer', 'a learned sample', 'one answer a second', 'two', 'flash', 'static RAM']),
    line(['---', '---:', '---:', '---:', '---:', '---:', '---:', '---:']),
    ...rows.map((row) => line([`${row.audio / 1000} kHz`, ms(row.hear), ms(row.predict), ms(row.learn), share(row, 1), share(row, 2), `${(row.flash / 1000).toFixed(0)} kB`, `${(row.ram / 1000).toFixed(0)} kB`])),
    '',
    `Simulated, cycle by cycle; 64-64 units, ${exemplars} exemplars (\`npm run bench:sound-board\`). The shares are of the processor, for answers that are a second or half of one apart.`,
  ].join('\n');
}
