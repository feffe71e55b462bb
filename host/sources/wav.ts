/** Sound of a WAV file. */
export interface Sound {
  /** One channel, -1 to 1: of stereo the mean. */
  readonly samples: Float32Array;
  /** Samples a second. */
  readonly rate: number;
  /** Samples that the file says it has beyond these: it was cut short. Left out where it was not, or does not say. */
  readonly missing?: number;
}

const PCM = 1;
const FLOAT = 3;
const EXTENSIBLE = 0xfffe;
/** Samples a second; outside of this a file is broken. */
const RATES = [1000, 384000] as const;
const MOST_CHANNELS = 64;
/** Lengths of sound from here on stand for one that was not known: programs that write into a pipe put 2 GB there, or 4. */
const UNKNOWN_LENGTH = 0x7fff_0000;

/** How one value of so many bits is read, and what a whole deflection of it is. */
const READERS: Record<string, readonly [bytes: number, read: (view: DataView, at: number) => number]> = {
  'PCM 8': [1, (view, at) => (view.getUint8(at) - 128) / 128],
  'PCM 16': [2, (view, at) => view.getInt16(at, true) / 2 ** 15],
  'PCM 24': [3, (view, at) => (view.getUint16(at, true) + view.getInt8(at + 2) * 65536) / 2 ** 23],
  'PCM 32': [4, (view, at) => view.getInt32(at, true) / 2 ** 31],
  'float 32': [4, (view, at) => view.getFloat32(at, true)],
  'float 64': [8, (view, at) => view.getFloat64(at, true)],
};

/**
 * Reads a WAV file: PCM of 8, 16, 24 or 32 bits, or float, of one channel or several, whose mean it takes. A file that was cut short, or whose recorder never
 * wrote its length, gives what is there; `missing` says how much of it is gone.
 * @throws TypeError: no bytes; RangeError: no WAV, a coding that is not read, or no sound in it; the message says how to convert it
 */
export function readWav(bytes: Uint8Array): Sound {
  if (!(bytes instanceof Uint8Array)) throw new TypeError(`wav: expected a Uint8Array of the file, got ${bytes === null ? 'null' : `a ${typeof bytes}`}`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const tag = (at: number): string => String.fromCharCode(...bytes.subarray(at, at + 4));
  if (bytes.length < 12 || tag(0) !== 'RIFF' || tag(8) !== 'WAVE') throw new RangeError(`wav: ${kindOf(bytes)}, not a WAV file; convert it to one: ffmpeg -i FILE FILE.wav`);
  let format: Format | undefined;
  for (let at = 12; at + 8 <= bytes.length; ) {
    const length = view.getUint32(at + 4, true);
    const start = at + 8;
    const there = Math.min(length, bytes.length - start);
    if (tag(at) === 'fmt ') format = formatOf(new DataView(view.buffer, view.byteOffset + start, there));
    if (tag(at) === 'data') {
      if (format === undefined) throw new RangeError('wav: its sound comes before its format; convert it: ffmpeg -i FILE FILE.wav');
      // a recorder that was switched off leaves 0 or -1 where the length belongs; where other chunks follow to the end, there is no sound
      return soundOf(view, start, length === 0 && !chunksFollow(view, start) ? bytes.length - start : there, length < UNKNOWN_LENGTH ? length : 0, format);
    }
    at = start + length + (length & 1);
  }
  throw new RangeError(`wav: there is no ${format === undefined ? 'format' : 'sound'} in it; record or convert it again`);
}

/** True where chunks, each a name of four letters and its length, reach from here to the end. */
function chunksFollow(view: DataView, from: number): boolean {
  let at = from;
  while (at + 8 <= view.byteLength) {
    for (let i = 0; i < 4; i++) if (view.getUint8(at + i) < 0x20 || view.getUint8(at + i) > 0x7e) return false;
    const length = view.getUint32(at + 4, true);
    at += 8 + length + (length & 1);
  }
  return at > from && at >= view.byteLength && at <= view.byteLength + 1; // the last may lack its byte of padding
}

interface Format {
  coding: string;
  channels: number;
  rate: number;
}

function formatOf(view: DataView): Format {
  if (view.byteLength < 16) throw new RangeError(`wav: a format of ${view.byteLength} bytes; 16 are the least: convert it again`);
  const named = view.getUint16(0, true);
  // the first two bytes of the sub-format are what the plain format would say
  const code = named === EXTENSIBLE && view.byteLength >= 26 ? view.getUint16(24, true) : named;
  const bits = view.getUint16(14, true);
  const coding = code === PCM ? `PCM ${bits}` : code === FLOAT ? `float ${bits}` : `coding ${code}`;
  const [channels, rate, block] = [view.getUint16(2, true), view.getUint32(4, true), view.getUint16(12, true)];
  if (!(coding in READERS)) throw new RangeError(`wav: ${coding} is not read; ${Object.keys(READERS).join(', ')} are: ffmpeg -i FILE -c:a pcm_s16le OTHER.wav`);
  if (channels < 1 || channels > MOST_CHANNELS) throw new RangeError(`wav: ${channels} channels; 1 to ${MOST_CHANNELS} are read`);
  if (rate < RATES[0] || rate > RATES[1]) throw new RangeError(`wav: ${rate} samples a second; ${RATES[0]} to ${RATES[1]} are read`);
  // 24 bits in a block of 4 bytes would be read as rubbish
  const due = channels * READERS[coding]![0];
  if (block !== due) throw new RangeError(`wav: ${block} bytes for a moment of ${channels} x ${coding}, which has ${due}; convert it: ffmpeg -i FILE -c:a pcm_s16le OTHER.wav`);
  return { coding, channels, rate };
}

/** @param told the length that the file says */
function soundOf(view: DataView, start: number, length: number, told: number, { coding, channels, rate }: Format): Sound {
  const [bytes, read] = READERS[coding]!;
  const count = Math.floor(length / (bytes * channels));
  const missing = Math.floor(told / (bytes * channels)) - count;
  if (count === 0) throw new RangeError('wav: there is no sound in it; record or convert it again');
  const samples = new Float32Array(count);
  for (let t = 0, at = start; t < count; t++) {
    let sum = 0;
    for (let channel = 0; channel < channels; channel++, at += bytes) sum += read(view, at);
    samples[t] = sum / channels;
  }
  return { samples, rate, ...(missing > 0 ? { missing } : {}) };
}

/** Name of the kind of file, by its first bytes. */
function kindOf(bytes: Uint8Array): string {
  if (bytes.length === 0) return 'an empty file';
  const text = String.fromCharCode(...bytes.subarray(0, 12));
  if (text.startsWith('OggS')) return 'an Ogg file';
  if (text.startsWith('fLaC')) return 'a FLAC file';
  if (text.startsWith('ID3') || (bytes[0] === 0xff && (bytes[1]! & 0xe0) === 0xe0)) return 'an MP3 file';
  if (text.slice(4, 8) === 'ftyp') return 'an MP4 file';
  if (text.startsWith('RIFX') || text.startsWith('RF64')) return `an ${text.slice(0, 4)} file`;
  return 'something else';
}

export { resample } from './resample.js';
export { soundWindows, type SoundPiece, type SoundWindowOptions } from './sound-windows.js';
