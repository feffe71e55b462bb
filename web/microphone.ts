/** The microphone as a signal; this file is fetched when it is chosen. */
import { openMicrophone } from '../host/sources/microphone.js';
import type { Listener, Live } from './live.js';
import { words } from './words.js';

/** Samples a second: a learner of sound tells claps, a whistle and a hum as well as at 16 kHz, and a board has the room. */
export const AUDIO = 8000;

/** Samples that come at once: a lesson begins within 50 ms of the press. */
const AT_ONCE = AUDIO / 20;

/** Sound in 16 bits, so that what is kept of a sample is what was learned from it. */
const rounded = (value: number): number => Math.max(-32768, Math.min(32767, Math.round(value * 32768))) / 32768;

/** Must be called from a click: the browser asks the visitor then. */
export async function listenToMicrophone({ take, tell, fail }: Listener): Promise<Live> {
  const source = await openMicrophone({ audio: AUDIO, samples: AT_ONCE, hop: AT_ONCE, queue: 40 });
  tell(words.live.listening);
  (async () => {
    for await (const { x } of source) take(Float32Array.from(x, rounded));
  })().catch(fail);
  return { stop: () => source.close() };
}
