import { describe } from '../config-values.js';

/**
 * Asks for the microphone or the camera. Pages may do so from within a click.
 * @throws Error when there is none for this page, or it is refused: the message says what to do
 */
export async function askFor(device: 'microphone' | 'camera', wishes: MediaStreamConstraints): Promise<MediaStream> {
  const devices = (globalThis as { navigator?: Navigator }).navigator?.mediaDevices;
  if (devices === undefined) throw new Error(`this browser gives no ${device} to this page: it needs https or localhost`);
  try {
    return await devices.getUserMedia(wishes);
  } catch (cause) {
    const { name } = cause as Error;
    if (name === 'NotAllowedError') throw new Error(`the ${device} was refused: allow it for this page in the browser's settings`, { cause });
    if (name === 'NotFoundError') throw new Error(`there is no ${device}: connect one`, { cause });
    if (name === 'NotReadableError') throw new Error(`the ${device} is in use by another program: end that, or choose another ${device}`, { cause });
    throw cause;
  }
}

/**
 * A stream that a program gives in place of the device.
 * @throws TypeError, RangeError: no stream; one that no longer has, or never had, what is looked at or listened to
 */
export function checkStream(kind: 'audio' | 'video', stream: MediaStream | undefined): void {
  if (stream === undefined) return;
  if (typeof (stream as Partial<MediaStream> | null)?.getVideoTracks !== 'function') throw new TypeError(`options.stream: expected a MediaStream, got ${describe(stream)}`);
  const tracks = tracksOf(kind, stream);
  if (tracks.length === 0) throw new RangeError(`options.stream: it has no ${kind} track; expected one`);
  if (haveEnded(tracks)) throw new RangeError(`options.stream: its ${kind} track has ended; expected one that is live`);
}

const tracksOf = (kind: 'audio' | 'video', stream: MediaStream): MediaStreamTrack[] => (kind === 'audio' ? stream.getAudioTracks() : stream.getVideoTracks());

/** Tracks that have ended say so no more. */
export const haveEnded = (tracks: readonly MediaStreamTrack[]): boolean => tracks.every(({ readyState }) => readyState === 'ended');

/** Message about a device that ended by itself. */
export const wentAway = (device: 'microphone' | 'camera'): string => `the ${device} went away: connect it again, or choose another in the browser's settings, and open it anew`;
