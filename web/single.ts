/** The page in one file, with what was taught in it: it is opened from a disk or put anywhere. This file is fetched when one is saved or opened. */
import { beginActions, chosenActions, type Actions } from './actions.js';
import { desk } from './desk.js';
import { download, keptAs } from './keep.js';
import { part, the } from './page.js';
import { projectNow } from './projects.js';
import { remember, remembered } from './remembered.js';
import { words } from './words.js';

/** Names of the page's files, as it is built (web/vite.config.ts). */
const NAME = /(?:[\w.-]+-[\w-]{6}\.(?:js|css|wasm)|listening\.js)/g;
const TYPES: Record<string, string> = { js: 'text/javascript', css: 'text/css', wasm: 'application/wasm' };

/** Nothing is fetched from anywhere, but for a broker that the visitor names. */
const POLICY = "default-src 'none'; script-src 'unsafe-inline' data: 'wasm-unsafe-eval'; style-src 'unsafe-inline'; img-src data:; connect-src data: ws: wss:; base-uri 'none'; form-action 'none'";

interface Own {
  kind: string;
  /** A project's bytes, by base 64. */
  project: string;
  actions: Actions;
}

export async function saveSingle(kind: string): Promise<void> {
  const project = await projectNow(kind);
  if (project === undefined) return;
  const own: Own = { kind, project: (await addressOf(project as Uint8Array<ArrayBuffer>, '')).split(',')[1]!, actions: chosenActions() };
  download(new TextEncoder().encode(await pageWith(own)), `onward-${kind}.html`);
}

/** All that the page may ask for, by name; a file names the others that it needs. */
async function filesFrom(html: string): Promise<Map<string, Blob | string>> {
  const files = new Map<string, Blob | string>();
  const wanted = [...html.matchAll(NAME)].map(([name]) => name);
  for (const name of wanted) {
    if (files.has(name)) continue;
    const response = await part(fetch(name === 'listening.js' ? `./${name}` : `./assets/${name}`));
    if (!response.ok) throw new Error(words.actions.gone);
    const file = name.endsWith('.wasm') ? await response.blob() : await response.text();
    files.set(name, file);
    if (typeof file === 'string') wanted.push(...[...file.matchAll(NAME)].map(([found]) => found));
  }
  return files;
}

/** Scripts import one another by names that a map in the page tells; all else stands where it is asked for. */
async function pageWith(own: Own): Promise<string> {
  const html = await (await part(fetch('./'))).text();
  const files = await filesFrom(html);
  const addresses = new Map<string, string>();
  for (const [name, file] of files) if (typeof file !== 'string' || name === 'listening.js') addresses.set(name, await addressOf(file, name));
  const scripts: Record<string, string> = {};
  for (const [name, file] of files) {
    if (typeof file !== 'string' || !name.endsWith('.js') || addresses.has(name)) continue;
    const text = file
      .replace(/new URL\(`([^`]+)`,import\.meta\.url\)\.href/g, (all, asked: string) => (addresses.has(asked) ? JSON.stringify(addresses.get(asked)) : all))
      .replace(/(["'`])\.\/listening\.js\1/g, JSON.stringify(addresses.get('listening.js')))
      .replace(/(["'`])\.\/([\w.-]+\.js)\1/g, (all, quote: string, asked: string) => (files.has(asked) ? `${quote}onward/${asked}${quote}` : all));
    scripts[`onward/${name}`] = await addressOf(text, name);
  }
  const [entry, style] = [/src="[^"]*\/([^"]+)"/, /rel="stylesheet"[^>]*href="[^"]*\/([^"]+)"/].map((pattern) => pattern.exec(html)![1]!);
  const script = (attributes: string, text: string): string => `<script ${attributes}>${text.replaceAll('<', '\\u003c')}</script>\n`;
  const id = Array.from(crypto.getRandomValues(new Uint8Array(8)), (byte) => byte.toString(16).padStart(2, '0')).join('');
  const head =
    `<style>${files.get(style!) as string}</style>\n` +
    script(`type="application/json" id="own" data-kind="${own.kind}" data-id="${id}"`, JSON.stringify(own)) +
    script('type="importmap"', JSON.stringify({ imports: scripts })) +
    script('type="module"', `import ${JSON.stringify(`onward/${entry}`)};`);
  return html
    .replace(/<link[^>]*>\n?|<script[^>]*><\/script>\n?/g, '')
    .replace(/(http-equiv="Content-Security-Policy" content=)"[^"]*"/, (_, before: string) => `${before}"${POLICY}"`)
    .replace('</head>', () => `${head}</head>`);
}

function addressOf(content: BlobPart, name: string): Promise<string> {
  const reader = new FileReader();
  return new Promise((resolve, reject) => {
    reader.onload = () => resolve(reader.result as string);
    reader.onerror = () => reject(reader.error!);
    reader.readAsDataURL(new Blob([content], { type: TYPES[name.split('.').at(-1)!] ?? '' }));
  });
}

/**
 * In a page that was saved so: opens its project, and what its answers set off. Once this browser has opened it, what the browser keeps goes before the project, even
 * where all was forgotten.
 * @param open a file, of this signal
 */
export async function beginSingle(open: (file: File, keeps: boolean) => Promise<void>): Promise<void> {
  const { kind, project, actions } = JSON.parse(the('own').textContent!) as Own;
  beginActions(actions);
  const opened = `${keptAs('')} opened`;
  await open(new File([Uint8Array.from(atob(project), (letter) => letter.charCodeAt(0))], `onward-${kind}.onwp`), remembered(opened) !== null);
  desk.steps = []; // to undo that would be to lose what the page came with
  if (desk.drawer !== undefined) remember(opened, '');
}
