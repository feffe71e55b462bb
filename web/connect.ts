/** Signals that come by themselves, from the click that connects them on. */
import { hopOf } from '../host/project.js';
import { desk, disconnect, labelsMayHaveCome, open } from './desk.js';
import { EXEMPLARS, type Shape } from './learners.js';
import { listenToBroker, listenToMotion, listenToSerial, type Listener, type Live } from './live.js';
import { mayLose } from './lose.js';
import { attempt, complain, input, part, select, the } from './page.js';
import { SIGNALS } from './signals.js';
import { trace } from './trace.js';
import { textsOf, words } from './words.js';

/** Takes that may wait for their network. */
const EARLY = 1000;

/** Shape of a signal whose moments have so many values. */
export function shapeOf(kind: string, channels: number, window = SIGNALS[kind]!.channels === undefined ? Number(select('live-window').value) : SIGNALS[kind]!.window): Shape {
  const hop = hopOf({ signal: kind, window });
  return { channels, window, ...(hop === window ? {} : { hop }), ...(kind === 'sound' ? { audio: 8000 } : {}), ...(kind === 'camera' ? { picture: true } : {}) };
}

/** Key that its network is kept under. */
export const idOf = (kind: string, { channels, window }: Shape): string => `${kind} ${channels} ${window}`;

export async function connect(kind: string): Promise<void> {
  disconnect();
  const mine = desk.choice;
  const { channels } = SIGNALS[kind]!;
  const { title, labels } = textsOf(kind);
  let state: 'fresh' | 'opening' | 'open' = 'fresh';
  let last = '';
  const take = (moments: ArrayLike<number>, label?: string): void => {
    const { session } = desk;
    if (session === undefined || mine !== desk.choice) return;
    if (channels !== 1 && moments.length !== session.shape.channels) return say(words.live.leftOut(moments.length));
    desk.due = label;
    trace(session.shape, moments);
    try {
      session.take(moments, input('teacher').checked ? label : undefined);
      labelsMayHaveCome();
    } catch (error) {
      complain(error);
    }
    desk.stale = true;
  };
  /** Come while the network is being opened: it knows how wide a moment is only from the first one. */
  const early: [ArrayLike<number>, string | undefined][] = [];
  const listener: Listener = {
    take(moments, label) {
      if (mine !== desk.choice) return;
      if (state === 'open') return take(moments, label);
      if (early.length < EARLY) early.push([moments, label]);
      if (state === 'opening') return;
      state = 'opening';
      void attempt(async () => {
        const shape = shapeOf(kind, channels ?? moments.length);
        if (desk.id !== idOf(kind, shape)) {
          if (!mayLose(kind)) return keepTo(desk.session!.shape);
          await open(idOf(kind, shape), shape, labels, EXEMPLARS);
        }
        state = 'open';
        for (const [x, y] of early) take(x, y);
      });
    },
    tell: (state) => say(state),
    fail(error) {
      if (mine !== desk.choice) return;
      complain(error);
      disconnect();
      the('about').textContent = textsOf(kind).about;
    },
  };
  const say = (state: string): void => {
    if (state === last || mine !== desk.choice) return;
    last = state;
    the('about').textContent = words.live.state(title, state);
  };
  const started = await begin(kind, listener);
  if (mine !== desk.choice) return started.stop();
  desk.live = started;
  the('disconnect').hidden = false;
  desk.stale = true;
}

/** The visitor would rather keep what was taught than listen otherwise. */
function keepTo({ window }: Shape): void {
  disconnect();
  select('live-window').value = String(window);
}

async function begin(kind: string, listener: Listener): Promise<Live> {
  if (kind === 'motion') return listenToMotion(listener);
  if (kind === 'serial') return listenToSerial(listener, Number(select('serial-baud').value));
  if (kind === 'mqtt') return listenToBroker(listener, input('mqtt-address').value.trim(), checkedTopic());
  if (kind === 'bluetooth') return (await part(import('./bluetooth.js'))).listenToBluetooth(listener);
  if (kind === 'camera') return (await part(import('./camera.js'))).listenToCamera(listener);
  const { listenToMicrophone } = await part(import('./microphone.js'));
  return listenToMicrophone(listener);
}

function checkedTopic(): string {
  const topic = input('mqtt-topic').value.trim();
  if (topic === '') throw new Error(words.live.topicFirst);
  return topic;
}
