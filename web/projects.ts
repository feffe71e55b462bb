/** Files of the page: a project with its samples, or a network alone. */
import type { Learner } from '../host/learner.js';
import { decodeProject, encodeProject, isProject, type Project } from '../host/project.js';
import { desk, disconnect, open, relearn, replace } from './desk.js';
import { download } from './keep.js';
import { EXEMPLARS, checkSamples, createFor, loadFor, type Shape } from './learners.js';
import { mayLose } from './lose.js';
import { complain, input, select, tell, the } from './page.js';
import { relearned } from './relearning.js';
import type { Session } from './session.js';
import { SIGNALS } from './signals.js';
import { idOf, shapeOf } from './connect.js';
import { textsOf, words } from './words.js';

/** Nothing that is taught by hand is larger; read only after this was checked. */
const MOST_MB = { project: 64, snapshot: 16 };

export function saveNetwork(kind: string): void {
  download(desk.session!.learner.save(), `onward-${kind}.onw`);
}

export async function saveProject(kind: string): Promise<void> {
  const project = await projectNow(kind);
  if (project === undefined) return;
  download(project, `onward-${kind}.onwp`);
  desk.savedSeen = desk.session!.learner.seen;
}

/** All that was taught, as a file; undefined where another signal was chosen meanwhile. */
export async function projectNow(kind: string): Promise<Uint8Array | undefined> {
  const session = desk.session!;
  await relearned();
  if (desk.session !== session) return undefined;
  const { learner, shape } = session;
  const { channels, window } = shape;
  const unknownBelow = Number(input('unknown-below').value) / 100;
  return encodeProject({ signal: kind, channels, window, unknownBelow, labels: learner.labels, samples: desk.lessons!.all, snapshot: learner.save() });
}

/** Can a visitor choose such samples of this signal? Those of a file are as the file is cut. */
function offers(signal: string, channels: number, window: number): boolean {
  if (signal === 'csv') return true;
  const own = SIGNALS[signal]!;
  if (own.channels !== undefined && channels !== own.channels) return false;
  return own.recorded || own.channels !== undefined ? window === own.window : [...select('live-window').options].some(({ value }) => value === String(window));
}

/** @param choose makes the signal of this name the one that is listened to, @param keeps what this browser keeps of that signal goes before it */
export async function openFile(file: File, kind: string, choose: (kind: string) => Promise<void>, keeps = false): Promise<void> {
  const mine = desk.choice;
  const what = isProject(new Uint8Array(await file.slice(0, 4).arrayBuffer())) ? 'project' : 'snapshot';
  if (file.size > MOST_MB[what] << 20) throw new RangeError(words.files.large(file.name, Math.ceil(file.size / 1e6), words.files.kinds[what], MOST_MB[what]));
  const bytes = new Uint8Array(await file.arrayBuffer());
  if (mine !== desk.choice) return; // another signal was chosen meanwhile
  const { session } = what === 'project' ? { session: await openProject(bytes, kind, choose, keeps) } : desk;
  if (what === 'snapshot') await replace((shape) => loadFor(shape, bytes));
  if (session !== undefined && desk.session === session) tell(words.files.learned(file.name, session.learner.seen));
}

/** The session that has it; undefined where the visitor chose another signal meanwhile. @throws where it does not fit: then nothing has changed */
async function openProject(bytes: Uint8Array, kind: string, choose: (kind: string) => Promise<void>, keeps: boolean): Promise<Session | undefined> {
  const project = decodeProject(bytes);
  const { signal, channels, window, unknownBelow, labels, samples, snapshot } = project;
  if (!Object.hasOwn(SIGNALS, signal)) throw new Error(words.files.strange(signal));
  const chosen = SIGNALS[signal]!;
  if (!offers(signal, channels, window)) throw new Error(words.files.shape(window, channels, signal));
  if (signal === 'csv' && (kind !== signal || desk.session === undefined)) throw new Error(words.files.csvFirst);
  const shape = shapeOf(signal, channels, window);
  let mine = desk.choice;
  const why = await whyUnreadable(project, shape);
  if (mine !== desk.choice) return undefined;
  if ((signal !== kind || (!chosen.recorded && desk.id !== idOf(signal, shape))) && !mayLose(kind)) return undefined;
  if (signal !== kind) {
    const choosing = choose(signal);
    mine = desk.choice;
    await choosing;
    if (mine !== desk.choice) return undefined;
  }
  if (!chosen.recorded && desk.id !== idOf(signal, shape)) {
    disconnect();
    mine = desk.choice;
    await open(idOf(signal, shape), shape, textsOf(signal).labels, EXEMPLARS);
    if (mine !== desk.choice) return undefined;
    if (chosen.channels === undefined) select('live-window').value = String(window);
    the('about').textContent = words.files.pressTo(textsOf(signal).about, textsOf(signal).verb);
  }
  const { session } = desk;
  const settle = (): void => void (input('unknown-below').value = String(Number((100 * unknownBelow).toFixed(6)))); // 0.29 is 28.999999999999996 hundredths
  if (keeps && desk.drawer !== undefined) {
    settle();
    return session;
  }
  await replace((own) => (why === undefined ? loadFor(own, snapshot) : createFor(own, { exemplars: EXEMPLARS }, labels)), samples);
  if (desk.session !== session) return undefined;
  settle();
  if (why === undefined) {
    desk.savedSeen = session!.learner.seen;
    return session;
  }
  await relearn();
  if (desk.session !== session) return undefined;
  complain(new Error(words.files.unreadable(why.message)));
  return session;
}

/** Undefined where the network in the project can be read. @throws where there is nothing to learn anew from, or its network does not fit its samples */
async function whyUnreadable({ samples, snapshot }: Project, shape: Shape): Promise<Error | undefined> {
  let learner: Learner;
  try {
    learner = await loadFor(shape, snapshot);
  } catch (error) {
    if (samples.length === 0) throw error;
    return error as Error;
  }
  try {
    checkSamples(learner, samples);
  } finally {
    learner.dispose();
  }
  return undefined;
}
