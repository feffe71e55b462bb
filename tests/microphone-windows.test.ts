// Windows of what a microphone hears, with a faked context: where they begin, what is left out between them, and what becomes of a page that may have no more contexts.

import { openMicrophone, type MicrophoneOptions } from '../host/sources/microphone.js';
import type { Sample } from '../host/sources/sample.js';
import { assert, suite } from './suite.js';

const test = suite('microphone-windows');

/** What a worklet would hand on, and how its node was made. */
let hear: (sound: Float32Array) => void;
let nodeOptions: unknown;

class FakeNode {
  readonly port = {} as { onmessage: (message: { data: Float32Array }) => void };
  constructor(_: unknown, __: string, options: unknown) {
    nodeOptions = options;
    hear = (data) => this.port.onmessage({ data });
  }
}

const contextOf = (sampleRate: number) =>
  class {
    readonly sampleRate = sampleRate;
    readonly state = 'closed';
    readonly audioWorklet = { addModule: async () => {} };
    async resume(): Promise<void> {}
    createMediaStreamSource() {
      return { connect: () => {} };
    }
  };

function fake(globals: Record<string, unknown>): void {
  for (const [name, value] of Object.entries(globals)) Object.defineProperty(globalThis, name, { value, configurable: true });
}

/** Windows of so many seconds of a sound whose samples count up, which comes in stretches of 2048. */
async function heard(rate: number, seconds: number, options: MicrophoneOptions): Promise<Sample[]> {
  fake({ AudioWorkletNode: FakeNode, AudioContext: contextOf(rate) });
  const track = Object.assign(new EventTarget(), { readyState: 'live', stop() {} });
  const source = await openMicrophone({ queue: 1000, ...options, stream: { getAudioTracks: () => [track], getVideoTracks: () => [] } as never });
  for (let at = 0; at < seconds * rate; at += 2048) hear(Float32Array.from({ length: Math.min(2048, seconds * rate - at) }, (_, i) => (at + i) / rate));
  source.close();
  const windows = [];
  for await (const window of source) windows.push(window);
  return windows;
}

test('a window begins where its time says, also where sound is left out between windows', async () => {
  for (const rate of [8000, 48000, 44100]) {
    for (const hop of [800, 4000, 5000, 20000]) {
      const windows = await heard(rate, 10, { audio: 8000, samples: 4000, hop });
      const last = rate === 8000 ? 0 : 12; // the low-pass looks so far ahead
      assert.is(windows.length, Math.floor((80000 - last - 4000) / hop) + 1, `${rate} Hz, a hop of ${hop}`);
      windows.forEach(({ x, t }, i) => {
        assert.is(t, (i * hop) / 8000);
        assert.is(x.length, 4000);
        for (const [k, value] of [[50, x[50]], [3999, x[3999]]] as const) assert.ok(Math.abs(value! - t! - k / 8000) < 2e-3, `${rate} Hz, hop ${hop}, window ${i}: ${value} at ${t! + k / 8000}`);
      });
    }
  }
});

test('stereo is heard on both sides', async () => {
  await heard(8000, 1, { audio: 8000 });
  assert.equal(nodeOptions, { numberOfOutputs: 0, channelCount: 1, channelCountMode: 'explicit' });
});

test('the rate of windows has bounds', async () => {
  for (const audio of [999, 384001, 8000.5]) await openMicrophone({ audio }).then(() => assert.unreachable(), (error: Error) => assert.is(error.message, `options.audio: got ${audio}; expected a whole number, 1000 to 384000`));
});

test('the microphone is let go of where the page may have no more contexts', async () => {
  let stopped = 0;
  const track = { stop: () => stopped++ };
  fake({
    navigator: { mediaDevices: { getUserMedia: async () => ({ getAudioTracks: () => [track] }) } },
    AudioContext: class {
      constructor() {
        throw new Error('too many contexts');
      }
    },
  });
  await openMicrophone().then(() => assert.unreachable(), (error: Error) => assert.is(error.message, 'too many contexts'));
  assert.is(stopped, 1);
});

test.run();
