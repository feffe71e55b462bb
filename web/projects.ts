/** Files of the page: a project with its samples, or a network alone. */
import { decodeProject, encodeProject, isProject } from '../host/project.js';
import { desk, open, replace } from './desk.js';
import { download } from './keep.js';
import { EXEMPLARS, loadFor } from './learners.js';
import { count, input, select, tell, the } from './page.js';
import { SIGNALS, hopOf } from './signals.js';
import { idOf } from './connect.js';

/** Nothing that is taught by hand is larger; read only after this was checked. */
const MOST_MB = { project: 64, snapshot: 16 };

export function saveNetwork(kind: string): void {
  download(desk.session!.learner.save(), `onward-${kind}.onw`);
}

export function saveProject(kind: string): void {
  const { learner, shape } = desk.session!;
  const { channels, window } = shape;
  const unknownBelow = Number(input('unknown-below').value) / 100;
  download(encodeProject({ signal: kind, channels, window, unknownBelow, labels: learner.labels, samples: desk.lessons!.all, snapshot: learner.save() }), `onward-${kind}.onwp`);
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
  const { signal, channels, window, unknownBelow, samples, snapshot } = decodeProject(bytes);
  const chosen = SIGNALS[signal];
  if (chosen === undefined) throw new Error(`This project is of ${signal}, which this page does not know: reload the page, there may be a newer one.`);
  if (signal !== kind) await choose(signal);
  if (desk.session === undefined) {
    if (signal === 'csv') throw new Error('This project is of a CSV file: open that first, then the project.');
    const hop = hopOf(window);
    const shape = { channels, window, ...(hop === undefined ? {} : { hop }), ...(signal === 'sound' ? { audio: 8000 as const } : {}) };
    await open(idOf(signal, shape), shape, chosen.labels, EXEMPLARS);
    if (signal !== 'sound') select('live-window').value = String(window);
    the('about').textContent = `${chosen.about} Press ${the('live-form').querySelector('button')!.textContent} to go on with this project.`;
  }
  await replace((shape) => loadFor(shape, snapshot), samples);
  input('unknown-below').value = String(100 * unknownBelow);
}
