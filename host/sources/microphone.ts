import { BoundedQueue } from './bounded-queue.js';
import { addListening } from './listening.js';
import { askFor, checkStream, haveEnded, wentAway } from './media.js';
import { Resampler } from './resample.js';
import type { Sample } from './sample.js';

/** Settings of a microphone: the windows that it gives, and how many may wait. */
export interface MicrophoneOptions {
  /** Samples a second of a window, 1000 to 384000; 8000 or 16000 for a learner of sound. Default 16000. */
  audio?: number;
  /** Samples of a window, 1 or more. Default: a second. */
  samples?: number;
  /** Samples from the start of one window to that of the next, 1 or more. Default: a fifth of a window, so that three seconds give eleven. */
  hop?: number;
  /** Windows that may wait for the reader, 1 or more; beyond, the oldest is dropped and counted. Default 8. */
  queue?: number;
  /** Sound to listen to, in place of the microphone: of an element that plays, of a call. Default: the microphone. */
  stream?: MediaStream;
  /** Ends the listening. */
  signal?: AbortSignal;
}

/** Counts of windows so far. */
export interface MicrophoneCounts {
  /** Windows that were heard. */
  received: number;
  /** Windows that gave way to newer ones. */
  dropped: number;
  /** Windows that wait now. */
  waiting: number;
}

/** Samples a second that a window may have. */
const RATES = [1000, 384000] as const;

/** Neither is speech all that is listened to, nor should a level that means something be levelled. */
const AS_IT_IS = { echoCancellation: false, noiseSuppression: false, autoGainControl: false, channelCount: 1 };

/**
 * The microphone of a browser, window after window; they overlap. `t` is the second at which a window begins. Open it from within a click: pages may not listen, nor
 * start to hear, unasked. It needs https or localhost.
 *
 * The iteration ends with `close()` and fails when the signal is aborted, or the microphone goes away. It can be iterated once.
 */
export class MicrophoneSource implements AsyncIterable<Sample> {
  /** Values of a sample. */
  readonly inputs: number;
  readonly #context: AudioContext;
  readonly #stream: MediaStream;
  readonly #options: MicrophoneOptions;
  readonly #queue: BoundedQueue<Sample>;
  readonly #audio: number;
  readonly #hop: number;
  readonly #resampler: Resampler;
  /** The last sound at the rate of windows: less than one of them. */
  #heard = new Float32Array(0);
  /** Samples from there to the start of the next window: above 0 where windows leave sound out between them. */
  #skip = 0;
  #received = 0;

  /** @internal Use `openMicrophone`. */
  constructor(context: AudioContext, stream: MediaStream, options: MicrophoneOptions, queue: BoundedQueue<Sample>) {
    const { audio, samples, hop } = shapeOf(options);
    this.inputs = samples;
    this.#context = context;
    this.#stream = stream;
    this.#options = options;
    this.#audio = audio;
    this.#hop = hop;
    this.#queue = queue;
    this.#resampler = new Resampler(context.sampleRate, audio);
    const node = new AudioWorkletNode(context, 'onward-listen', { numberOfOutputs: 0, channelCount: 1, channelCountMode: 'explicit' }); // of stereo the mean
    node.port.onmessage = ({ data }: MessageEvent<Float32Array>) => this.#take(data);
    context.createMediaStreamSource(stream).connect(node);
    for (const track of stream.getAudioTracks()) track.addEventListener('ended', this.#lost);
    options.signal?.addEventListener('abort', this.#abort, { once: true });
    if (options.signal?.aborted) this.#abort();
    else if (haveEnded(stream.getAudioTracks())) this.#lost();
  }

  /** Counters since it was opened. */
  counts(): MicrophoneCounts {
    return { received: this.#received, dropped: this.#queue.dropped, waiting: this.#queue.waiting };
  }

  /** Hears no more, and lets go of the microphone: what waits is still given, then the iteration ends. */
  close(): void {
    for (const track of this.#stream.getAudioTracks()) {
      track.removeEventListener('ended', this.#lost);
      if (this.#options.stream === undefined) track.stop();
    }
    this.#options.signal?.removeEventListener('abort', this.#abort);
    if (this.#context.state !== 'closed') void this.#context.close();
    this.#queue.end();
  }

  /** Windows in the order in which they were heard. */
  async *[Symbol.asyncIterator](): AsyncGenerator<Sample> {
    try {
      yield* this.#queue;
    } finally {
      this.close();
    }
  }

  #take(sound: Float32Array): void {
    const fresh = this.#audio === this.#context.sampleRate ? sound : this.#resampler.take(sound);
    const heard = new Float32Array(this.#heard.length + fresh.length);
    heard.set(this.#heard);
    heard.set(fresh, this.#heard.length);
    let from = this.#skip;
    for (; from + this.inputs <= heard.length; from += this.#hop) {
      this.#queue.push({ x: heard.slice(from, from + this.inputs), t: (this.#received * this.#hop) / this.#audio });
      this.#received++;
    }
    this.#heard = heard.slice(from);
    this.#skip = Math.max(0, from - heard.length);
  }

  readonly #lost = (): void => {
    this.#queue.fail(new Error(wentAway('microphone')));
    this.close();
  };

  readonly #abort = (): void => {
    this.#queue.clear();
    this.#queue.fail(this.#options.signal!.reason);
    this.close();
  };
}

/**
 * Asks for the microphone, and listens.
 * @throws TypeError, RangeError for an option that cannot be, a stream without live sound among them; the signal's reason; Error when there is no microphone for this page, or it is refused: the message says what to do
 */
export async function openMicrophone(options: MicrophoneOptions = {}): Promise<MicrophoneSource> {
  shapeOf(options);
  const queue = new BoundedQueue<Sample>(options.queue ?? 8);
  checkStream('audio', options.stream);
  options.signal?.throwIfAborted();
  const stream = options.stream ?? (await askFor('microphone', { audio: AS_IT_IS }));
  let context: AudioContext | undefined;
  try {
    context = new AudioContext(); // a page may have few of them
    await addListening(context.audioWorklet);
    await context.resume();
    return new MicrophoneSource(context, stream, options, queue);
  } catch (error) {
    void context?.close();
    if (options.stream === undefined) for (const track of stream.getAudioTracks()) track.stop();
    throw error;
  }
}

/** @throws RangeError */
function shapeOf({ audio = 16000, samples = audio, hop = Math.ceil(samples / 5) }: MicrophoneOptions): { audio: number; samples: number; hop: number } {
  if (!Number.isInteger(audio) || audio < RATES[0] || audio > RATES[1]) throw new RangeError(`options.audio: got ${audio}; expected a whole number, ${RATES[0]} to ${RATES[1]}`);
  for (const [name, value] of Object.entries({ samples, hop })) {
    if (!Number.isInteger(value) || value < 1) throw new RangeError(`options.${name}: got ${value}; expected a whole number of at least 1`);
  }
  return { audio, samples, hop };
}
