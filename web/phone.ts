/** From one device to another: a code for a phone's camera, and what the link in it brings. This file is fetched when it is needed. */
import { encode } from 'uqr';
import { decodeProject } from '../host/project.js';
import { desk } from './desk.js';
import { button, the } from './page.js';
import { projectNow } from './projects.js';
import { SIGNALS } from './signals.js';
import { textsOf, words } from './words.js';

/** Names only this machine goes by. */
const LOCAL = /^(localhost|127\.[\d.]+|\[::1\])$/;

/** Points of the canvas for one of the code. */
const SCALE = 8;

/** Shows the code, with a link that brings what was learned where the server carries it. */
export async function invite(kind: string): Promise<void> {
  if (LOCAL.test(location.hostname)) throw new Error(words.phone.local(location.host));
  const { id, about } = await handOver(kind);
  const link = new URL('./', location.href);
  link.hash = id === undefined ? '' : `from=${id}`;
  draw(link.href);
  the<HTMLAnchorElement>('phone-link').href = the('phone-link').textContent = link.href;
  the('phone-about').textContent = about;
  the('phone-card').hidden = false;
  the('phone-title').focus();
}

/** @returns the name under which it is there, and a sentence about it */
async function handOver(kind: string): Promise<{ id?: string; about: string }> {
  const { session } = desk;
  if (session === undefined || session.learner.seen === 0) return { about: words.phone.nothing };
  if (kind === 'csv') return { about: words.phone.csv };
  const asked = await fetch('./handover/', { cache: 'no-store' }).catch(() => undefined); // nothing leaves the tab but to a server that carries it to phones
  if (asked?.status !== 204) return { about: words.phone.stays };
  const { seen } = session.learner;
  const project = await projectNow(kind);
  const id = Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
  if (project === undefined) return { about: words.phone.changed };
  const answer = await fetch(`./handover/${id}`, { method: 'PUT', body: project as Uint8Array<ArrayBuffer> }).catch(() => undefined);
  if (answer?.status !== 204) throw new Error(words.phone.failed(answer === undefined ? words.phone.broke : (await answer.text()).trim()));
  return { id, about: words.phone.brings(seen, textsOf(kind).title) };
}

function draw(text: string): void {
  const { data, size } = encode(text, { border: 4 });
  const canvas = the<HTMLCanvasElement>('phone-code');
  canvas.width = canvas.height = SCALE * size;
  const context = canvas.getContext('2d')!;
  context.fillStyle = '#fff';
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.fillStyle = '#000';
  data.forEach((row, y) => row.forEach((dark, x) => dark && context.fillRect(SCALE * x, SCALE * y, SCALE, SCALE)));
}

/** Fetches what the link brings, and offers it. @param go called with it when the visitor wants it. @throws Error when it is not there, or is no project */
export async function receive(id: string, go: (file: File) => unknown): Promise<void> {
  const forget = (): void => history.replaceState(null, '', location.pathname + location.search);
  if (!/^[0-9a-f]{32}$/.test(id)) {
    forget();
    throw new Error(words.phone.damaged);
  }
  const answer = await fetch(`./handover/${id}`, { cache: 'no-store', redirect: 'error' }).catch(() => undefined);
  if (answer?.ok !== true) throw new Error(answer === undefined ? words.phone.silent : words.phone.past);
  const bytes = await answer.arrayBuffer();
  const { signal, samples } = decodeProject(new Uint8Array(bytes));
  const title = Object.hasOwn(SIGNALS, signal) ? textsOf(signal).title : words.phone.strange;
  the('brought-about').textContent = words.phone.offers(samples.length, title);
  the('brought').hidden = false;
  const done = (): void => {
    forget();
    the('brought').hidden = true;
  };
  button('brought-leave').onclick = done;
  button('brought-open').onclick = () => {
    done();
    go(new File([bytes], 'From the other device'));
  };
}
