/** The signal that is listened to now, its network, and what was taught to it. Everything here belongs to one choice of a signal and goes with it. */
import type { LearnerWishes } from '../host/config.js';
import type { Learner } from '../host/learner.js';
import { Alike } from './alike.js';
import { labelColour } from './canvas.js';
import { countIn } from './count-in.js';
import { Drawer, keptAs } from './keep.js';
import { checkSamples, createFor, loadFor, type Shape } from './learners.js';
import { Lessons, type Lesson } from './lessons.js';
import type { Live } from './live.js';
import { Pads, listLabels } from './pads.js';
import { attempt, button, complain, input, select, tell, the } from './page.js';
import { showNetwork, showNothing } from './panels.js';
import type { Player } from './player.js';
import type { Recording } from './recording.js';
import { discard, relearning, stopRelearning, taughtAnew, type Taught } from './relearning.js';
import { Session } from './session.js';
import { OTHER, Trial } from './trial.js';
import { PEAK_OF, lens, scope, traceFrom } from './trace.js';
import { verdictOf, type Verdict } from './verdict.js';
import { words } from './words.js';

/** Samples that went and can come back, and the labels that there were. */
interface Step {
  removed: readonly Lesson[];
  labels: readonly string[];
  /** Other samples and labels, or another network of the same, came in their place. */
  instead?: readonly Lesson[];
  /** The network that there was, where it knew more than the samples, and what it called each of them. */
  network?: { snapshot: Uint8Array; names: readonly string[] };
}

export const desk = {
  /** Key that the network is kept under; '' while there is none. */
  id: '',
  session: undefined as Session | undefined,
  lessons: undefined as Lessons | undefined,
  drawer: undefined as Drawer | undefined,
  recording: undefined as Recording | undefined,
  player: undefined as Player | undefined,
  live: undefined as Live | undefined,
  /** Label of the recording's sample that is being played. */
  due: undefined as string | undefined,
  /** Lessons in what the browser keeps. */
  keptSeen: -1,
  /** Lessons in the project that was saved or opened last. */
  savedSeen: 0,
  /** The browser refused to keep the network when it was last asked to. */
  refused: false,
  /** Steps that can be taken back. */
  steps: [] as Step[],
  /** A sample of it has ended since a label was pressed. */
  shown: false,
  /** Counts choices: what was begun for an earlier one and is ready only now is thrown away. */
  choice: 0,
  /** The answer acts, once somebody has chosen how (web/actions.ts): told with every answer, as a tab that nobody sees draws none. */
  act: (): void => {},
  /** @param to undefined: it was forgotten */
  relabelled: (_from: string, _to?: string): void => {},
  /** Labels have changed, or the network has (web/dreams.ts). */
  changed: (): void => {},
  /** Something is to be shown that is not shown yet. */
  stale: true,
};

export const verdict = (): Verdict => verdictOf(desk.session, Number(input('unknown-below').value));

export const pads = new Pads();

/** Answer and label of the sample that ended last. */
export function mark({ answer, learner, shape, trial }: Session): void {
  if (answer === undefined) return;
  const { index } = verdict();
  trial?.add(answer, learner.labels[index] ?? OTHER);
  const shown = answer.taught ?? answer.asked;
  if (shown !== undefined) desk.shown = true;
  const lesson = shown === undefined ? -1 : learner.labels.indexOf(shown);
  scope.mark(index, lesson, shape.audio === undefined ? answer.fresh : answer.fresh / PEAK_OF);
  desk.stale = true;
  desk.act();
}

/** A network for a signal: the one kept from an earlier visit, or a new one. @param id by which it is kept */
export async function open(id: string, shape: Shape, labels: readonly string[], exemplars: number): Promise<void> {
  const mine = desk.choice;
  await putAway();
  if (mine !== desk.choice) return;
  const drawer = await Drawer.open(id, tell);
  const kept = await drawer?.snapshot().catch(complain);
  const learner = kept instanceof Uint8Array ? await loadFor(shape, kept).catch(complain) : undefined;
  const lessons = await Lessons.open(drawer && `${keptAs(id)} lessons`, complain);
  const session = new Session(shape, learner ?? (await createFor(shape, { exemplars }, labels)));
  if (mine !== desk.choice) {
    session.close();
    await lessons.close();
    return void (await drawer?.close());
  }
  if (shape.picture || shape.audio !== undefined) session.alike = new Alike(shape.picture === true, (x) => session.learner.features(x), () => (desk.session === session ? lessons : undefined));
  Object.assign(desk, { id, drawer, lessons, session });
  for (const { x } of lessons.all) session.knows(x);
  if (session.learner.seen > 0) tell(words.network.goesOn(session.learner.seen));
  const { config } = session.learner;
  select('set-exemplars').value = String(config.exemplars);
  select('set-units').value = config.units.join();
  select('set-bits').value = String(config.bits);
  traceFrom(shape);
  lens.clear();
  await begin();
  if (lessons.anew || lessons.all.length > session.learner.seen) await relearn().catch(complain); // the tab went before the network was kept
}

/** After the session has got a learner. */
async function begin(): Promise<void> {
  const { session, drawer, lessons } = desk as { session: Session; drawer?: Drawer; lessons: Lessons };
  Object.assign(desk, { keptSeen: -1, savedSeen: 0, refused: false });
  const keep = (keptSeen: number): void => void Object.assign(desk, { keptSeen, refused: false, stale: true });
  await drawer?.follow(session.learner, keep, (why) => {
    desk.refused = true;
    complain(why);
  });
  session.onLesson = (label, x) => {
    if (!lessons.add(label, x) && lessons.all.length + 1 === session.learner.seen) tell(words.lessons.full(lessons.all.length));
  };
  session.onAnswer = ({ x }) => {
    const { learner, shape } = session;
    mark(session);
    if (desk.recording?.drawn === true) lens.strokeEnds(labelColour(Math.max(0, verdict().index)));
    else if (shape.picture) lens.showPicture(x, desk.live?.isMirrored === true);
    else if (shape.audio !== undefined) lens.showSound(learner.features(x));
    else if (learner.config.window !== null) lens.show(learner.features(x), shape.channels);
    else lens.showRow(x);
  };
  labelsChanged();
  showNetwork(session);
}

/** Buttons that do nothing while there is no network. */
const OF_A_NETWORK = ['save', 'save-network', 'reset', 'start-anew', 'trial'];

export function labelsChanged(): void {
  const { learner } = desk.session!;
  if (desk.session!.trial !== undefined) desk.session!.trial = new Trial(); // of other labels, or of another network
  if (![...learner.labels, OTHER, undefined].includes(countIn.counting?.label)) countIn.stop();
  pads.rebuild();
  for (const id of OF_A_NETWORK) button(id).disabled = false;
  input('new-label').disabled = learner.labels.length >= learner.config.labelCapacity;
  listLabels(learner.labels, (from, to) => void attempt(() => rename(from, to)), (label) => void attempt(() => forget(label)));
  desk.stale = true;
  desk.changed();
}

/** Labels of the signal itself may have come. */
export function labelsMayHaveCome(): void {
  if (desk.session!.learner.labels.length !== pads.size) labelsChanged();
}

export function checkedName(name: string): string {
  if (name === '') throw new Error(words.labels.nameless);
  return name;
}

function rename(from: string, to: string): void {
  try {
    if (from !== to && stepsOfNow().some(({ removed }) => removed.some(({ label }) => label === to))) throw new Error(words.labels.canComeBack(to));
    desk.session!.rename(from, checkedName(to));
    desk.lessons!.rename(from, to);
    desk.relabelled(from, to);
    relearning.labels = relearning.labels?.map((label) => (label === from ? to : label));
    for (const step of stepsOfNow()) {
      for (const lesson of step.removed) if (lesson.label === from) lesson.label = to;
      step.labels = step.labels.map((label) => (label === from ? to : label));
    }
    if (relearning.busy) void attempt(relearn);
  } finally {
    labelsChanged();
  }
}

/** Steps of the labels that there are: those before another network are of others. */
const stepsOfNow = (): Step[] => desk.steps.slice(1 + desk.steps.findLastIndex(({ instead }) => instead !== undefined));

async function forget(label: string): Promise<void> {
  const { session, lessons } = desk as { session: Session; lessons: Lessons };
  const removed = lessons.all.filter((lesson) => lesson.label === label);
  const whole = isWhole();
  const { labels } = session.learner;
  session.forget(label);
  desk.relabelled(label);
  lessons.remove(removed);
  relearning.labels = relearning.labels?.filter((name) => name !== label);
  labelsChanged();
  if (whole) desk.steps.push({ removed, labels });
  if (whole || relearning.busy) await relearn();
}

/** Is what the network knows what the samples on the page say? Not where a snapshot was loaded, or more was learned than is kept. */
const isWhole = (): boolean => (relearning.busy ? !relearning.keeps : desk.lessons!.all.length === desk.session!.learner.seen);

/** The network learns anew from those that stay. */
export async function removeLesson(lesson: Lesson): Promise<void> {
  if (!isWhole()) throw new Error(words.network.knowsMore);
  desk.steps.push({ removed: [lesson], labels: desk.session!.learner.labels });
  desk.lessons!.remove([lesson]);
  await relearn();
}

export async function undo(): Promise<void> {
  const step = desk.steps.at(-1);
  if (step === undefined) return;
  const { session, lessons } = desk as { session: Session; lessons: Lessons };
  if (step.network === undefined) {
    desk.steps.pop();
    relearning.keeps = false;
    lessons.remove(step.instead ?? []);
    lessons.restore(step.removed);
    const now = step.instead === undefined ? session.learner.labels : [];
    await relearn({ labels: [...new Set([...step.labels, ...now])] });
  } else {
    if (await bringBack(step, step.network)) tell(words.network.back);
    return;
  }
  tell(words.lessons.back(step.removed.length));
}

/** The network that there was, with what was taught since. False where the visitor chose another signal meanwhile, or pressed twice. */
async function bringBack(step: Step, { snapshot, names }: NonNullable<Step['network']>): Promise<boolean> {
  const { session, lessons, steps } = desk as { session: Session; lessons: Lessons; steps: Step[] };
  const { removed, instead = [] } = step;
  const learner = await loadFor(session.shape, snapshot);
  if (!(await makeRoom(session)) || !steps.includes(step)) {
    learner.dispose();
    return false;
  }
  steps.splice(steps.indexOf(step), 1); // not before: where it cannot be made, its snapshot is all that there is of that network
  session.replace(learner);
  lessons.remove(instead);
  const since = lessons.all;
  removed.forEach((lesson, i) => (lesson.label = names[i]!));
  lessons.restore(removed);
  for (const { x } of lessons.all) session.knows(x);
  try {
    for (const { label, x } of since) learner.learn(x, label);
  } finally {
    await begin();
    await keepNetwork(session);
  }
  return true;
}

/** Nothing learns anew or keeps the network any more. False where the visitor chose another signal meanwhile. */
async function makeRoom(session: Session): Promise<boolean> {
  stopRelearning();
  await desk.drawer?.leave();
  if (session !== desk.session) return false;
  stopRelearning();
  return true;
}

/**
 * Learns all samples of the page anew, while the network that there is goes on answering; then takes its place. What was asked for by a turn that this one
 * overtakes still holds.
 */
export async function relearn(asked: { settings?: LearnerWishes; labels?: readonly string[] } = {}): Promise<void> {
  const { session, lessons, drawer } = desk as { session: Session; lessons: Lessons; drawer?: Drawer };
  if (asked.settings !== undefined) relearning.keeps = !isWhole();
  else if (!relearning.keeps) lessons.anew = true;
  Object.assign(relearning, asked, { busy: true });
  const turn = ++relearning.turn;
  const { settings, keeps } = relearning;
  const isWanted = (): boolean => turn === relearning.turn && session === desk.session;
  const before = session.learner.labels;
  const labels = [...new Set([...(relearning.labels ?? before), ...lessons.all.map(({ label }) => label)])];
  const { units, bits, exemplars } = session.learner.config;
  let made: Taught | undefined;
  try {
    made = await taughtAnew(session.shape, settings ?? { units: units as number[], bits, exemplars }, labels, lessons, isWanted);
    if (isWanted()) await drawer?.leave();
    if (made === undefined || !isWanted()) return;
    const { learner, rehearsal, catchUp } = made;
    catchUp(Infinity); // what was taught meanwhile
    for (const label of session.learner.labels) if (!before.includes(label) && !learner.labels.includes(label)) learner.addLabel(label);
    if (keeps) desk.steps.push({ removed: lessons.all.slice(), labels: before, instead: lessons.all.slice(), network: networkNow() });
    session.adopt(learner, rehearsal);
    made = undefined;
    if (settings !== undefined) session.beginFigures();
    rehearsal.now();
  } finally {
    if (made !== undefined) discard(made);
    if (isWanted()) {
      stopRelearning();
      await begin();
    }
  }
  await keepNetwork(session);
}

const networkNow = (): NonNullable<Step['network']> => ({ snapshot: desk.session!.learner.save(), names: desk.lessons!.all.map(({ label }) => label) });

/** The network that knew other samples must not be the one that is kept. */
async function keepNetwork(session: Session): Promise<void> {
  if (session !== desk.session) return;
  try {
    await desk.drawer?.flush();
  } catch (error) {
    return complain(error);
  }
  if (session === desk.session && !relearning.busy) desk.lessons!.anew = false;
}

/** Another network, with samples of its own. @param make fails where it does not fit: then nothing has changed */
export async function replace(make: (shape: Shape) => Promise<Learner>, samples: readonly { label: string; x: Float32Array }[] = []): Promise<void> {
  const target = desk.session;
  if (target === undefined) throw new Error(words.network.signalFirst);
  const learner = await make(target.shape);
  try {
    checkSamples(learner, samples);
  } catch (error) {
    learner.dispose();
    throw error;
  }
  if (desk.session !== target) return learner.dispose();
  const whole = isWhole();
  if (!(await makeRoom(target))) return learner.dispose();
  const { lessons, steps } = desk as { lessons: Lessons; steps: Step[] };
  const removed = lessons.all;
  const { labels } = target.learner;
  const network = whole ? {} : { network: networkNow() };
  target.replace(learner);
  lessons.remove(removed);
  for (const { label, x } of samples) {
    lessons.add(label, x);
    target.knows(x);
  }
  lessons.anew = learner.seen === lessons.all.length;
  steps.push({ removed, labels, instead: lessons.all.slice(), ...network });
  traceFrom(target.shape);
  await begin();
  await keepNetwork(target);
}

/** Lets go of the signal, and of the network that listened to it. */
export async function leave(): Promise<void> {
  desk.choice++;
  countIn.stop();
  desk.player?.pause();
  desk.live?.stop();
  Object.assign(desk, { recording: undefined, player: undefined, live: undefined, due: undefined });
  the('disconnect').hidden = true;
  await putAway();
}

/** Lets go of the network. */
async function putAway(): Promise<void> {
  const { drawer, lessons, session } = desk;
  Object.assign(desk, { id: '', session: undefined, lessons: undefined, drawer: undefined, steps: [], stale: true });
  stopRelearning();
  scope.listen(1, 1);
  lens.clear();
  pads.rebuild();
  showNothing();
  listLabels([], () => {}, () => {});
  for (const id of OF_A_NETWORK) button(id).disabled = true;
  input('trial').checked = false;
  await lessons?.close();
  await drawer?.close();
  session?.close();
}

/** The signal comes no more; its network stays. */
export function disconnect(): void {
  desk.choice++;
  countIn.stop();
  desk.live?.stop();
  desk.live = undefined;
  desk.session?.end();
  the('disconnect').hidden = true;
  desk.stale = true;
}
