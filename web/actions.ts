/** Answers act: a voice, a tone, a key, a message to a broker. This file is fetched when somebody looks at them. */
import { openBroker, type Broker } from './broker.js';
import { desk, verdict } from './desk.js';
import { ACTIONS, keptAs } from './keep.js';
import { complain, element, input, paint, the, write } from './page.js';
import { remember, remembered } from './remembered.js';
import { language, words } from './words.js';

interface Action {
  /** `key` of a KeyboardEvent. */
  key?: string;
  tone?: string;
}

/** By label; unknown has none. A list, as a label may be called __proto__. */
export type Actions = readonly (readonly [string, Action])[];

/** An answer acts once it has stood for so many milliseconds: windows overlap, so answers flicker where one motion becomes the next. */
const STANDS_MS = 300;

/** Keys that move about, are the browser's, or have no name on a screen. */
const NOT_TAKEN = /^(Tab|Shift|Escape|F\d+|Unidentified|Dead)$/;

/** Hertz. */
const TONES: Record<string, number> = { low: 330, middle: 520, high: 880 };

let actions = new Map<string, Action>();
/** Those that a page of one file came with. */
let brought: Actions = [];
/** Key of the network that they are of, and its labels as they are listed. */
let [of, listed] = ['', ''];
let [heard, since] = ['', 0];
let acted: string | undefined;
let pressed: { key: string; label: string | undefined } | undefined;
let sound: AudioContext | undefined;
let broker: Broker | undefined;

const place = (): string => `${ACTIONS} ${keptAs(of)}`;

the('send').addEventListener('change', () => void (input('send').checked ? connect() : disconnect()));
addEventListener('pagehide', () => press(undefined)); // nobody would let go of it

/** Answers act from now on. @param own what a page of one file came with */
export function beginActions(own: Actions = brought): void {
  brought = own;
  desk.act = () => {
    if (desk.session === undefined) return follow();
    if (desk.id !== of) load();
    list(desk.session.learner.labels);
    follow();
  };
  desk.relabelled = (from, to) => {
    if (desk.id !== of) load();
    const action = actions.get(from);
    actions.delete(from);
    if (action !== undefined && to !== undefined) actions.set(to, action);
    keep();
  };
}

/** As they were chosen, for a page of its own. */
export const chosenActions = (): Actions => [...actions];

function load(): void {
  [of, listed] = [desk.id, ''];
  const kept = remembered(place());
  actions = new Map(kept === null ? brought : (JSON.parse(kept) as Actions));
}

const keep = (): void => remember(place(), JSON.stringify([...actions]));

function list(labels: readonly string[]): void {
  if (listed === JSON.stringify(labels)) return;
  listed = JSON.stringify(labels);
  the('actions').replaceChildren(
    ...labels.map((label, i) => {
      const row = element('li');
      paint(row, i);
      const { key = '', tone = '' } = actions.get(label) ?? {};
      const change = (changed: Action): void => {
        actions.set(label, { ...actions.get(label), ...changed });
        keep();
      };
      const keys = element('input', '', { type: 'text', maxlength: '20', placeholder: words.actions.key, 'aria-label': words.actions.keyOf(label), autocomplete: 'off' });
      keys.value = key;
      keys.addEventListener('keydown', (event) => {
        if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing || NOT_TAKEN.test(event.key)) return;
        event.preventDefault();
        keys.value = event.key === 'Backspace' || event.key === 'Delete' ? '' : event.key;
        change({ key: keys.value });
      });
      keys.addEventListener('input', () => change({ key: keys.value }));
      const tones = element('select', '', { 'aria-label': words.actions.toneOf(label) });
      tones.append(...Object.entries(words.actions.tones).map(([name, text]) => new Option(text, name, false, name === tone)));
      tones.addEventListener('change', () => {
        change({ tone: tones.value });
        play(tones.value);
      });
      row.append(element('span', label), keys, tones);
      return row;
    }),
  );
}

/** Acts on the answer that stands. */
function follow(): void {
  const { word, index } = verdict();
  const now = performance.now();
  if (word !== heard) [heard, since] = [word, now];
  if (now - since < STANDS_MS || word === acted) return;
  acted = word;
  press(undefined);
  if (word === '–') return;
  const label = index < 0 ? undefined : word;
  const { answer } = desk.session!;
  if (input('aloud').checked) globalThis.speechSynthesis?.speak(Object.assign(new SpeechSynthesisUtterance(word), { lang: language }));
  broker?.send(input('send-topic').value.trim(), JSON.stringify(label === undefined ? { label: 'unknown' } : { label, probability: Number(answer!.probabilities[index]!.toFixed(4)) }));
  if (label === undefined) return;
  const { key, tone } = actions.get(label) ?? {};
  play(tone);
  press(key, label);
}

/** Holds a key, and lets go of the one before: scripts of this page hear it, and a page that shows this one in a frame, or opened it. */
function press(key: string | undefined, label?: string): void {
  const send = (type: 'keydown' | 'keyup', of: { key: string; label: string | undefined }): void => {
    document.body.dispatchEvent(new KeyboardEvent(type, { key: of.key, code: codeOf(of.key), bubbles: true }));
    for (const other of new Set([parent, opener as Window | null])) if (other !== null && other !== window) other.postMessage({ onward: { type, ...of } }, '*');
  };
  if (pressed !== undefined) send('keyup', pressed);
  pressed = key === undefined || key === '' ? undefined : { key, label };
  if (pressed !== undefined) send('keydown', pressed);
}

/** Of a keyboard as it is in the United States, which games go by. */
function codeOf(key: string): string {
  if (key === ' ') return 'Space';
  return /^[a-z]$/i.test(key) ? `Key${key.toUpperCase()}` : /^\d$/.test(key) ? `Digit${key}` : key;
}

function play(tone: string | undefined): void {
  const hertz = TONES[tone ?? ''];
  if (hertz === undefined) return;
  sound ??= new AudioContext();
  void sound.resume();
  const [wave, loudness] = [sound.createOscillator(), sound.createGain()];
  wave.frequency.value = hertz;
  loudness.gain.setValueAtTime(0.3, sound.currentTime);
  loudness.gain.exponentialRampToValueAtTime(0.001, sound.currentTime + 0.3);
  wave.connect(loudness).connect(sound.destination);
  wave.start();
  wave.stop(sound.currentTime + 0.3);
}

/** Counts what was asked for: a connection that is ready only after it was given up is none. */
let turn = 0;

/** The address and the topic stay as they are while answers go there. */
async function connect(): Promise<void> {
  const mine = ++turn;
  const fail = (error: unknown): void => {
    if (mine !== turn) return;
    input('send').checked = false;
    disconnect();
    complain(error);
  };
  try {
    const topic = input('send-topic').value.trim();
    if (topic === '' || /[+#\0]/.test(topic)) throw new Error(words.actions.topic);
    lock(true);
    const opened = await openBroker({ tell: (state) => mine === turn && write(the('send-says'), state), fail }, input('send-address').value.trim());
    if (mine === turn) broker = opened;
    else opened.stop();
  } catch (error) {
    fail(error);
  }
}

function disconnect(): void {
  turn++;
  broker?.stop();
  broker = undefined;
  lock(false);
  write(the('send-says'), '');
}

function lock(isLocked: boolean): void {
  for (const id of ['send-address', 'send-topic']) input(id).disabled = isLocked;
}
