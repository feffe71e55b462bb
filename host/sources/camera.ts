import { BoundedQueue } from './bounded-queue.js';
import { askFor, checkStream, haveEnded, wentAway } from './media.js';
import { pictureFeatures, smallPicture } from './picture-features.js';
import { PICTURE_FEATURES } from './picture-shape.js';
import type { Sample } from './sample.js';

export { PICTURE_FEATURE_NAMES, pictureFeatures, smallPicture, type Pixels } from './picture-features.js';
export { PICTURE_FEATURES, PICTURE_SIDE, PICTURE_VALUES } from './picture-shape.js';

/** Settings of a camera: how often it looks, and how many pictures may wait. */
export interface CameraOptions {
  /** Pictures a second, above 0 up to 60. Default 10. */
  rate?: number;
  /** The camera, where a phone has two: `environment` looks at the world, `user` at who holds it. Default `environment`. */
  facing?: 'environment' | 'user';
  /** Pictures that may wait for the reader, 1 or more; beyond, the oldest is dropped and counted. Default 8. */
  queue?: number;
  /** Pictures to look at, in place of the camera: of a canvas, of a call. Default: the camera. */
  stream?: MediaStream;
  /** Ends the looking. */
  signal?: AbortSignal;
}

/** Counts of pictures so far. */
export interface CameraCounts {
  /** Pictures that were seen. */
  received: number;
  /** Pictures that gave way to newer ones. */
  dropped: number;
  /** Pictures that wait now. */
  waiting: number;
}

/** A picture and its features. */
export interface PictureSample extends Sample {
  /** The features: `pictureFeatures` of the picture. */
  x: Float32Array;
  /** The picture: red, green and blue of 32 x 32 points, row by row. */
  picture: Uint8ClampedArray;
}

/** A frame is drawn with so many points a side first, since browsers differ in how they draw much smaller. */
const DRAWN = 128;

/**
 * The camera of a browser, picture after picture; `t` is the second at which it was taken. Of each frame the middle, as a square. Open it from within a click: pages may
 * not look unasked. It needs https or localhost.
 *
 * The iteration ends with `close()` and fails when the signal is aborted, the camera goes away, or the browser gives a picture that cannot be read. It can be iterated once.
 */
export class CameraSource implements AsyncIterable<PictureSample> {
  /** Values of a sample. */
  readonly inputs = PICTURE_FEATURES;
  readonly #video: HTMLVideoElement;
  readonly #stream: MediaStream;
  readonly #options: CameraOptions;
  readonly #queue: BoundedQueue<PictureSample>;
  readonly #context: CanvasRenderingContext2D;
  readonly #timer: ReturnType<typeof setInterval>;
  readonly #opened = performance.now();
  #received = 0;

  /** @internal Use `openCamera`. */
  constructor(video: HTMLVideoElement, stream: MediaStream, options: CameraOptions, queue: BoundedQueue<PictureSample>) {
    this.#video = video;
    this.#stream = stream;
    this.#options = options;
    this.#queue = queue;
    const canvas = document.createElement('canvas');
    canvas.width = canvas.height = DRAWN;
    this.#context = canvas.getContext('2d', { willReadFrequently: true })!;
    for (const track of stream.getVideoTracks()) track.addEventListener('ended', this.#lost);
    options.signal?.addEventListener('abort', this.#abort, { once: true });
    this.#timer = setInterval(this.#look, 1000 / rateOf(options));
    if (options.signal?.aborted) this.#abort();
    else if (haveEnded(stream.getVideoTracks())) this.#lost();
  }

  /** The way it looks, where the browser tells: `user` at who holds it, `environment` at the world. A laptop's camera often tells nothing. */
  get facing(): 'environment' | 'user' | undefined {
    const facing = this.#stream.getVideoTracks()[0]?.getSettings().facingMode;
    return facing === 'environment' || facing === 'user' ? facing : undefined;
  }

  /** Counters since it was opened. */
  counts(): CameraCounts {
    return { received: this.#received, dropped: this.#queue.dropped, waiting: this.#queue.waiting };
  }

  /** Looks no more, and lets go of the camera: what waits is still given, then the iteration ends. */
  close(): void {
    clearInterval(this.#timer);
    for (const track of this.#stream.getVideoTracks()) {
      track.removeEventListener('ended', this.#lost);
      if (this.#options.stream === undefined) track.stop();
    }
    this.#options.signal?.removeEventListener('abort', this.#abort);
    this.#video.srcObject = null;
    this.#queue.end();
  }

  /** Pictures in the order in which they were seen. */
  async *[Symbol.asyncIterator](): AsyncGenerator<PictureSample> {
    try {
      yield* this.#queue;
    } finally {
      this.close();
    }
  }

  readonly #look = (): void => {
    try {
      this.#take();
    } catch (cause) {
      this.#queue.fail(new Error(`the picture cannot be read: ${(cause as Error).message}`, { cause }));
      this.close();
    }
  };

  #take(): void {
    const { videoWidth: width, videoHeight: height, readyState } = this.#video;
    if (width === 0 || readyState < 2) return; // between two cameras of a phone
    const side = Math.min(width, height);
    this.#context.drawImage(this.#video, (width - side) / 2, (height - side) / 2, side, side, 0, 0, DRAWN, DRAWN);
    const picture = smallPicture(this.#context.getImageData(0, 0, DRAWN, DRAWN));
    this.#received++;
    this.#queue.push({ x: pictureFeatures(picture), picture, t: (performance.now() - this.#opened) / 1000 });
  }

  readonly #lost = (): void => {
    this.#queue.fail(new Error(wentAway('camera')));
    this.close();
  };

  readonly #abort = (): void => {
    this.#queue.clear();
    this.#queue.fail(this.#options.signal!.reason);
    this.close();
  };
}

/**
 * Asks for the camera, and looks.
 * @throws TypeError, RangeError for an option that cannot be, a stream without a live picture among them; the signal's reason; Error when there is no camera for this page, or it is refused: the message says what to do
 */
export async function openCamera(options: CameraOptions = {}): Promise<CameraSource> {
  rateOf(options);
  const { facing = 'environment' } = options;
  if (facing !== 'environment' && facing !== 'user') throw new RangeError(`options.facing: got ${String(facing)}; expected 'environment' or 'user'`);
  const queue = new BoundedQueue<PictureSample>(options.queue ?? 8);
  checkStream('video', options.stream);
  options.signal?.throwIfAborted();
  const stream = options.stream ?? (await askFor('camera', { video: { facingMode: facing, width: { ideal: 320 }, height: { ideal: 240 } } }));
  try {
    const video = document.createElement('video');
    video.muted = video.playsInline = true;
    video.srcObject = stream;
    await video.play();
    return new CameraSource(video, stream, options, queue);
  } catch (error) {
    if (options.stream === undefined) for (const track of stream.getVideoTracks()) track.stop();
    throw error;
  }
}

/** @throws RangeError */
function rateOf({ rate = 10 }: CameraOptions): number {
  if (!(rate > 0 && rate <= 60)) throw new RangeError(`options.rate: got ${rate}; expected more than 0, 60 at most`);
  return rate;
}
