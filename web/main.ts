/** The page: a signal is chosen, a network listens to it, a visitor teaches it. */
import { resolveConfig, type LearnerWishes } from '../host/config.js';
import { supportedBuild } from '../host/core.js';
import { planOf } from '../host/plan.js';
import { createLearner } from '../host/create-learner.js';
import type { Learner } from '../host/learner.js';
import { UNKNOWN } from '../host/prediction.js';
import { labelColour } from './canvas.js';
import { Drawer, download, learnerOf } from './keep.js';
import { Lens } from './lens.js';
import { listenToBroker, listenToMotion, listenToSerial, type Listener, type Live } from './live.js';
import { Pads, listLabels } from './pads.js';
import { attempt, button, calm, complain, count, input, paint, percent, select, tell, the } from './page.js';
import { glow, showAccuracy, showGoodness, showNetwork, showNothing } from './panels.js';
import { Player } from './player.js';
import { NONE, fan, gestures, openTable, record, type Recording } from './recording.js';
import { Scope } from './scope.js';
import { EXEMPLARS, Session, configOf, type Shape } from './session.js';

const scope = new Scope('scope');
const lens = new Lens('lens');

/** The signal that is listened to now. Everything here belongs to one choice of a signal and goes with it. */
let session: Session | undefined;
let drawer: Drawer | undefined;
let recording: Recording | undefined;
let player: Player | undefined;
let live: Live | undefined;
let file: File | undefined;
/** Counts choices: what was begun for an earlier one and is ready only now is thrown away. */
let choice = 0;
/** Lessons in what the browser keeps. */
let keptSeen = -1;
/** Something is to be shown that is not shown yet. */
let stale = true;

const pads = new Pads({
  session: () => session,
  press(label) {
    if (session === undefined) return;
    calm();
    session.held = label;
    if (live !== undefined) session.restart(); // what came before the button was pressed is not part of the lesson
    else if (player?.playing !== true) teachLast(label);
  },
  release() {
    session?.release();
  },
  tap: (label) => teachLast(label),
});

function teachLast(label: string): void {
  const target = session;
  if (target === undefined) return;
  void attempt(() => {
    if (target.teachLast(label)) {
      mark(target);
      refresh();
    } else tell(target.answer === undefined ? 'There is no sample yet: press Play or Step.' : 'This sample has been taught; the next one comes with Step or Play.');
  });
}

/** Its place among the labels; -1 for none. */
const indexOf = ({ labels }: Learner, label: string | undefined): number => (label === undefined ? -1 : labels.indexOf(label));

/** Answer and label of the sample that ended last. */
function mark({ answer, learner }: Session): void {
  if (answer === undefined) return;
  scope.mark(indexOf(learner, answer.label), answer.taught === undefined ? -1 : learner.labels.indexOf(answer.taught));
  stale = true;
}

/** A network for a signal: the one kept from an earlier visit, or a new one. */
async function open(id: string, shape: Shape, labels: readonly string[], exemplars: number): Promise<void> {
  const mine = choice;
  const found = await Drawer.open(id, tell);
  const kept = await found?.learner().catch(complain);
  const fits = kept instanceof Object && Session.mismatch(shape, kept) === undefined;
  const opened = fits ? new Session(shape, kept) : await Session.create(shape, { exemplars }, labels);
  if (mine !== choice) return void (await found?.close());
  drawer = found;
  session = opened;
  select('set-exemplars').value = String(opened.learner.config.exemplars);
  select('set-units').value = opened.learner.config.units.join();
  select('set-bits').value = String(opened.learner.config.bits);
  if (fits && kept.seen > 0) tell(`Goes on where it was: ${count(kept.seen)} samples learned.`);
  scope.listen(shape.channels, shape.window);
  lens.clear();
  await begin();
}

/** After the session has got a learner. */
async function begin(): Promise<void> {
  const opened = session!;
  keptSeen = -1;
  const keep = (seen: number): void => {
    keptSeen = seen;
    stale = true;
  };
  await drawer?.follow(opened.learner, keep, complain);
  opened.onAnswer = (answer) => {
    mark(opened);
    if (recording?.drawn === true) lens.strokeEnds(labelColour(Math.max(0, indexOf(opened.learner, answer.label))));
    else if (opened.learner.config.window !== null) lens.show(opened.learner.features(answer.x), opened.shape.channels);
    else lens.showRow(answer.x);
  };
  labelsChanged();
  showNetwork(opened);
}

function labelsChanged(): void {
  const { learner } = session!;
  pads.rebuild();
  button('save').disabled = button('reset').disabled = false;
  input('new-label').disabled = learner.labels.length >= learner.config.labelCapacity;
  listLabels(learner.labels, rename, (label) => attempt(() => change(() => session!.forget(label))));
  stale = true;
}

const rename = (from: string, to: string): Promise<void> => attempt(() => change(() => session!.rename(from, checkedName(to))));

/** Labels are the visitor's: kept on the next save, though nothing was learned. */
function change(action: () => void): void {
  try {
    action();
  } finally {
    labelsChanged();
  }
}

function checkedName(name: string): string {
  if (name === '') throw new Error('A label needs a name.');
  return name;
}

/** Lets go of the signal, and of the network that listened to it. */
async function leave(): Promise<void> {
  choice++;
  player?.pause();
  live?.stop();
  const left = drawer;
  const closing = session;
  player = live = recording = session = drawer = undefined;
  due = undefined;
  scope.listen(1, 1);
  lens.clear();
  pads.rebuild();
  showNothing();
  listLabels([], rename, () => {});
  button('save').disabled = button('reset').disabled = true;
  the('disconnect').hidden = true;
  await left?.close();
  closing?.close();
}

async function play(chosen: Recording): Promise<void> {
  recording = chosen;
  the('about').textContent = chosen.about;
  await open(chosen.id, { channels: chosen.channels.length, window: chosen.window }, chosen.labels, chosen.exemplars);
  if (recording !== chosen || session === undefined) return;
  const listening = session;
  const made = new Player(chosen, (moment, truth) => {
    const label = truth === NONE ? undefined : chosen.labels[truth];
    due = label;
    scope.take(moment);
    if (chosen.drawn) lens.point(moment[0]!, moment[1]!);
    try {
      listening.take(moment, input('teacher').checked ? label : undefined);
      if (listening.learner.labels.length !== the('pads').childElementCount) labelsChanged();
    } catch (error) {
      made.pause();
      complain(error);
    }
    stale = true;
  });
  player = made;
  made.speed = Number(select('speed').value);
  made.onEnd = () => (stale = true);
  if (!matchMedia('(prefers-reduced-motion: reduce)').matches && chosen.drawn) made.play();
  stale = true;
}

/** Label of the recording's sample that is being played. */
let due: string | undefined;

/** Moments that may wait for their network. */
const EARLY = 1000;

async function connect(kind: string): Promise<void> {
  await leave();
  const mine = choice;
  const chosenWindow = Number(select('live-window').value);
  let opening = false;
  let last = '';
  const take = (moment: ArrayLike<number>, label?: string): void => {
    if (session === undefined || mine !== choice) return;
    if (moment.length !== session.shape.channels) return say(`a moment of ${moment.length} values was left out`);
    due = label;
    scope.take(moment);
    try {
      session.take(moment, input('teacher').checked ? label : undefined);
      if (session.learner.labels.length !== the('pads').childElementCount) labelsChanged();
    } catch (error) {
      complain(error);
    }
    stale = true;
  };
  /** Samples that come while the network is being opened: it knows how wide a moment is only from the first one. */
  const early: [ArrayLike<number>, string | undefined][] = [];
  const listener: Listener = {
    take(moment, label) {
      if (mine !== choice) return;
      if (session !== undefined) return take(moment, label);
      if (early.length < EARLY) early.push([moment, label]);
      if (opening) return;
      opening = true;
      const shape = { channels: moment.length, window: chosenWindow };
      void attempt(async () => {
        await open(`${kind} ${shape.channels} ${shape.window}`, shape, [], EXEMPLARS);
        for (const [x, y] of early) take(x, y);
      });
    },
    tell: (state) => say(state),
    fail(error) {
      complain(error);
      void leave();
    },
  };
  const say = (state: string): void => {
    if (state === last || mine !== choice) return;
    last = state;
    the('about').textContent = `${kind === 'motion' ? 'Motion sensor' : kind === 'mqtt' ? 'MQTT' : 'Serial port'}: ${state}.`;
  };
  const started =
    kind === 'motion' ? await listenToMotion(listener)
    : kind === 'serial' ? await listenToSerial(listener, Number(select('serial-baud').value))
    : await listenToBroker(listener, input('mqtt-address').value.trim(), checkedTopic());
  if (mine !== choice) return started.stop();
  live = started;
  the('disconnect').hidden = false;
  stale = true;
}

function checkedTopic(): string {
  const topic = input('mqtt-topic').value.trim();
  if (topic === '') throw new Error('Name the topic, for example plant/pump.');
  return topic;
}

const ABOUT: Record<string, string> = {
  csv: 'Numbers in columns, a label in one of them. The file stays on this device.',
  motion: 'The accelerometer of a phone, held in the hand. Hold a label while you move.',
  serial: 'A board that sends sample frames (SLIP with a CRC, as the firmware does) over a serial port.',
  mqtt: 'JSON samples from a topic, {"temp": 21.5, "vibration": 0.31}, through a broker’s WebSocket.',
};

async function choose(kind: string): Promise<void> {
  const left = leave();
  const mine = choice;
  await left;
  if (mine !== choice) return; // chosen again meanwhile
  const recorded = kind === 'gestures' || kind === 'fan' || kind === 'csv';
  the('csv-form').hidden = kind !== 'csv';
  the('live-form').hidden = recorded;
  the('transport').hidden = !recorded;
  the('teacher-row').hidden = kind === 'motion';
  the('teacher-text').textContent = recorded ? 'Let the recording teach' : 'Let the labels in the messages teach';
  the('teach-about').textContent = recorded ? 'Hold a label while its motion lasts, or tap it when paused. Keys 1 to 9 do the same.' : 'Hold a label while its motion lasts. Keys 1 to 9 do the same.';
  for (const field of document.querySelectorAll<HTMLElement>('#live-form [data-for]')) field.hidden = field.dataset['for'] !== kind;
  select('live-window').value = kind === 'mqtt' ? '1' : '32';
  the('about').textContent = ABOUT[kind] ?? '';
  input('teacher').checked = kind === 'fan';
  stale = true;
  if (kind !== 'gestures' && kind !== 'fan') return;
  if (kind === 'fan') the('about').textContent = 'Reading the recording…';
  const read = await (kind === 'fan' ? fan() : gestures());
  if (mine === choice) await play(read);
}

/** Text and bars follow ten times a second, which is as fast as they can be read; lines follow every frame. */
function refresh(): void {
  glow();
  if (!stale) return;
  stale = false;
  const playing = player?.playing === true;
  button('play').disabled = button('step').disabled = player === undefined;
  button('play').textContent = playing ? 'Pause' : 'Play';
  if (player !== undefined) {
    const { sample, samples } = player.progress;
    the('progress').textContent = `${count(sample)} of ${count(samples)}`;
  } else the('progress').textContent = '';
  const answer = session?.answer;
  const says = answer?.taught === undefined ? 'The network says' : answer.taught === answer.label ? 'The network said' : `Taught: ${answer.taught}. The network said`;
  const isUnknown = answer?.familiar !== undefined && 100 * answer.familiar < Number(input('unknown-below').value);
  const familiar = answer?.familiar === undefined ? '' : `, familiar ${percent(answer.familiar)}`;
  the('says').textContent = answer?.label === undefined ? says : isUnknown ? `${says}, most like ${answer.label}${familiar}` : `${says}, ${percent(answer.probability)} sure${familiar}`;
  the('answer').textContent = answer?.label === undefined ? '–' : isUnknown ? UNKNOWN : answer.label;
  paint(the('answer'), session === undefined || answer === undefined || isUnknown ? -1 : indexOf(session.learner, answer.label));
  the('truth').textContent = due === undefined || session === undefined ? '' : `${recording === undefined ? 'The message' : 'The recording'} says ${due}`;
  pads.refresh(recording === undefined ? undefined : due);
  the('chip-kept').hidden = session === undefined || session.learner.seen !== keptSeen;
  if (session === undefined) return;
  showAccuracy(session);
  showGoodness(session);
}

async function replaceLearner(make: () => Learner | Promise<Learner>): Promise<void> {
  const target = session;
  if (target === undefined) throw new Error('Choose a signal first.');
  const learner = await make();
  const why = Session.mismatch(target.shape, learner);
  if (why !== undefined) throw new Error(`This snapshot does not fit: ${why}.`);
  if (session !== target) return learner.dispose();
  await drawer?.leave();
  target.replace(learner);
  scope.listen(target.shape.channels, target.shape.window);
  await begin();
}

function chosenSettings(): LearnerWishes {
  return { units: select('set-units').value.split(',').map(Number), bits: Number(select('set-bits').value) as 8 | 16, exemplars: Number(select('set-exemplars').value) };
}

async function loadFile(chosen: File): Promise<void> {
  await replaceLearner(() => learnerOf(chosen));
  tell(`${chosen.name}: ${count(session!.learner.seen)} samples learned.`);
}

async function chooseCsv(chosen: File): Promise<void> {
  file = chosen;
  const read = await openTable(chosen);
  const offer = (names: readonly string[], label: string | undefined): void => {
    select('csv-label').replaceChildren(...names.map((name) => new Option(name, name, name === label, name === label)));
    the('csv-form').querySelector('button')!.disabled = false;
  };
  try {
    const table = await read('');
    offer([...new Set([...table.names, ...(table.layout.names ?? []), table.labelName])].filter((name) => name !== '' && !name.includes('=')), table.labelName);
    the('about').textContent = `${chosen.name}: ${count(table.rows)} rows, ${table.inputs} columns of numbers, label “${table.labelName}” with ${table.labels.length} values. ${table.warnings.slice(0, 3).join('. ')}`;
  } catch (error) {
    const { columns } = error as { columns?: readonly string[] };
    if (columns === undefined) throw error;
    offer(columns, undefined); // nothing tells which column is the label: the visitor does
    the('about').textContent = `${chosen.name}: ${(error as Error).message.replace(/; --label COLUMN[^;]*/, '')}. Choose the label's column.`;
  }
}

const on = (id: string, event: string, action: () => unknown): void =>
  the(id).addEventListener(event, (happened) => {
    if (event === 'submit') happened.preventDefault();
    void attempt(action);
  });

for (const radio of document.querySelectorAll<HTMLInputElement>('input[name=source]')) radio.addEventListener('change', () => void attempt(() => choose(radio.value)));
const kind = (): string => document.querySelector<HTMLInputElement>('input[name=source]:checked')!.value;

on('play', 'click', () => {
  if (player?.playing === true) player.pause();
  else player?.play();
  stale = true;
});
on('step', 'click', () => {
  player?.step();
  refresh();
});
on('speed', 'change', () => {
  if (player !== undefined) player.speed = Number(select('speed').value);
});
on('live-form', 'submit', () => connect(kind()));
on('disconnect', 'click', async () => {
  await leave();
  the('about').textContent = ABOUT[kind()] ?? '';
  stale = true;
});
on('csv-file', 'change', () => {
  const chosen = input('csv-file').files?.[0];
  return chosen === undefined ? undefined : chooseCsv(chosen);
});
on('csv-form', 'submit', async () => {
  if (file === undefined) throw new Error('Choose a file first.');
  const chosen = file;
  const table = await (await openTable(chosen))(select('csv-label').value);
  const made = await record(chosen.name, table, Number(select('csv-window').value));
  await leave();
  input('teacher').checked = true;
  await play(made);
});
on('add', 'submit', () => {
  const name = checkedName(input('new-label').value.trim());
  if (session === undefined) throw new Error('Choose a signal first; then it can have labels.');
  change(() => session!.learner.addLabel(name));
  input('new-label').value = '';
});
on('save', 'click', () => download(session!.learner, `onward-${kind()}`));
on('load', 'click', () => input('load-file').click());
on('load-file', 'change', async () => {
  const chosen = input('load-file').files?.[0];
  input('load-file').value = '';
  if (chosen !== undefined) await loadFile(chosen);
});
on('reset', 'click', async () => {
  const { config, labels } = session!.learner;
  await replaceLearner(() => createLearner(configOf(session!.shape, { units: config.units, bits: config.bits, exemplars: config.exemplars }, labels)));
  tell('All that was learned is forgotten; the labels stay.');
});
on('settings-form', 'submit', async () => {
  await replaceLearner(() => createLearner(configOf(session!.shape, chosenSettings(), session!.learner.labels)));
  tell('A new network listens.');
});
on('settings', 'input', () => {
  if (session !== undefined) the('settings-bytes').textContent = `It would need ${count(planOf(resolveConfig(configOf(session.shape, chosenSettings(), session.learner.labels))).arena)} bytes.`;
});

addEventListener('dragover', (event) => {
  event.preventDefault();
  the('drop').hidden = false;
});
addEventListener('dragleave', (event) => {
  if (event.relatedTarget === null) the('drop').hidden = true;
});
addEventListener('drop', (event) => {
  event.preventDefault();
  the('drop').hidden = true;
  const dropped = event.dataTransfer?.files[0];
  if (dropped === undefined) return;
  void attempt(async () => {
    if (dropped.name.endsWith('.onw')) return loadFile(dropped);
    document.querySelector<HTMLInputElement>('input[value=csv]')!.checked = true;
    await choose('csv');
    await chooseCsv(dropped);
  });
});
// a phone may never come back to a tab that was left
document.addEventListener('visibilitychange', () => void drawer?.flush().catch(() => {}));

// #mqtt=ws://host:9001 fills the form in; whether to connect is the visitor's choice
const asked = new URLSearchParams(location.hash.slice(1));
input('mqtt-address').value = asked.get('mqtt') ?? '';
input('mqtt-topic').value = asked.get('topic') ?? '';
if (asked.has('mqtt')) document.querySelector<HTMLInputElement>('input[value=mqtt]')!.checked = true;

the('chip-build').textContent = supportedBuild() === 'simd' ? 'SIMD' : 'no SIMD';
the('chip-build').hidden = false;
setInterval(refresh, 100);
void attempt(() => choose(kind()));

if ('serviceWorker' in navigator) {
  navigator.serviceWorker.register('./sw.js').then(
    () => navigator.serviceWorker.ready.then(() => (the('chip-offline').hidden = false)),
    () => {}, // a file:// page, or a browser that forbids it: the page works, online
  );
}
