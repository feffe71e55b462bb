/** Files of the page: a project with its samples, or a network alone. */
import { decodeProject, encodeProject, isProject, type Project } from '../host/project.js';
import { desk, disconnect, open, relearn, replace } from './desk.js';
import { download } from './keep.js';
import { EXEMPLARS, createFor, loadFor, type Shape } from './learners.js';
import { complain, count, input, select, tell, the } from './page.js';
import { relearned } from './relearning.js';
import { SIGNALS } from './signals.js';
import { idOf, shapeOf } from './connect.js';

/** Nothing that is taught by hand is larger; read only after this was checked. */
const MOST_MB = { project: 64, snapshot: 16 };

export function saveNetwork(kind: string): void {
  download(desk.session!.learner.save(), `onward-${kind}.onw`);
}

export async function saveProject(kind: string): Promise<void> {
  const session = desk.session!;
  await relearned();
  if (desk.session !== session) return; // another signal was chosen meanwhile
  const { learner, shape } = session;
  const { channels, window } = shape;
  const unknownBelow = Number(input('unknown-below').value) / 100;
  download(encodeProject({ signal: kind, channels, window, unknownBelow, labels: learner.labels, samples: desk.lessons!.all, snapshot: learner.save() }), `onward-${kind}.onwp`);
}

/** Can a visitor choose such samples of this signal? Those of a file are as the file is cut. */
function offers(signal: string, channels: number, window: number): boolean {
  if (signal === 'csv') return true;
  const own = SIGNALS[signal]!;
  if (own.channels !== undefined && channels !== own.channels) return false;
  return own.recorded || own.channels !== undefined ? window === own.window : [...select('live-window').options].some(({ value }) => value === String(window));
}

/** @param choose makes the signal of this name the one that is listened to */
export async function openFile(file: File, kind: string, choose: (kind: string) => Promise<void>): Promise<void> {
  const what = isProject(new Uint8Array(await file.slice(0, 4).arrayBuffer())) ? 'project' : 'snapshot';
  if (file.size > MOST_MB[what] << 20) throw new RangeError(`${file.name} has ${Math.ceil(file.size / 1e6)} MB; a ${what} of this page has ${MOST_MB[what]} at most`);
  const bytes = new Uint8Array(await file.arrayBuffer());
  if (what === 'project') await openProject(bytes, kind, choose);
  else await replace((shape) => loadFor(shape, bytes));
  tell(`${file.name}: ${count(desk.session!.learner.seen)} samples learned.`);
}

async function openProject(bytes: Uint8Array, kind: string, choose: (kind: string) => Promise<void>): Promise<void> {
  const project = decodeProject(bytes);
  const { signal, channels, window, unknownBelow, labels, samples, snapshot } = project;
  if (!Object.hasOwn(SIGNALS, signal)) throw new Error(`This project is of ${signal}, which this page does not know: reload the page, there may be a newer one.`);
  const chosen = SIGNALS[signal]!;
  if (!offers(signal, channels, window)) throw new Error(`This project's samples are ${count(window)} moments of ${count(channels)} values, which this page does not offer for ${signal}.`);
  const shape = shapeOf(signal, channels, window);
  const why = await whyUnreadable(project, shape);
  if (signal !== kind) await choose(signal);
  if (desk.session === undefined && signal === 'csv') throw new Error('This project is of a CSV file: open that first, then the project.');
  if (!chosen.recorded && desk.id !== idOf(signal, shape)) {
    disconnect();
    await open(idOf(signal, shape), shape, chosen.labels, EXEMPLARS);
    if (chosen.channels === undefined) select('live-window').value = String(window);
    the('about').textContent = `${chosen.about} Press ${the('live-form').querySelector('button')!.textContent} to go on with this project.`;
  }
  await replace((own) => (why === undefined ? loadFor(own, snapshot) : createFor(own, { exemplars: EXEMPLARS }, labels)), samples);
  input('unknown-below').value = String(100 * unknownBelow);
  if (why === undefined) return;
  await relearn();
  complain(new Error(`The network of this project cannot be read, so a new one has learned its samples: ${why.message}`));
}

/** Undefined where the network in the project fits its samples. @throws where there is nothing to learn anew from */
async function whyUnreadable({ samples, snapshot }: Project, shape: Shape): Promise<Error | undefined> {
  try {
    (await loadFor(shape, snapshot)).dispose();
    return undefined;
  } catch (error) {
    if (samples.length === 0) throw error;
    return error as Error;
  }
}
