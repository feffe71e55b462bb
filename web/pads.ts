/** The buttons that teach: held by a finger, a mouse, the keys Enter and Space on a button, or 1 to 9 anywhere. */
import { element, paint, the, write } from './page.js';
import type { Session } from './session.js';
import { OTHER } from './trial.js';
import { words } from './words.js';

export interface Hands {
  session(): Session | undefined;
  /** A label is held from now on. */
  press(label: string): void;
  release(): void;
  /** Told to a button by assistive technology, which cannot hold. */
  tap(label: string): void;
}

export class Pads {
  hands: Hands | undefined;
  #pads: { label: string; button: HTMLButtonElement; name: HTMLElement; note: HTMLElement }[] = [];
  #key: string | undefined; // the key that is held
  #pointer: number | undefined; // the finger, or mouse

  constructor() {
    addEventListener('keydown', (event) => {
      const label = event.isTrusted ? this.#labelOf(event) : undefined; // a key that an answer presses teaches nothing
      if (label === undefined) return;
      event.preventDefault();
      if (event.repeat || this.#key !== undefined) return;
      this.#key = event.code;
      this.#press(label);
    });
    addEventListener('keyup', (event) => {
      if (event.code === this.#key) this.#release();
    });
    for (const end of ['pointerup', 'pointercancel']) {
      addEventListener(end, (event) => {
        if ((event as PointerEvent).pointerId === this.#pointer) this.#release(); // wherever it is: its pad may be another by now
      });
    }
    addEventListener('blur', () => this.#release());
    document.addEventListener('visibilitychange', () => this.#release());
  }

  /** Of labels. */
  get size(): number {
    return this.#pads.filter(({ label }) => label !== OTHER).length;
  }

  /** After labels have come, gone or changed their names. */
  rebuild(): void {
    const session = this.hands?.session();
    const own = session?.learner.labels ?? [];
    const labels = session?.trial === undefined ? own : [...own, OTHER];
    if (labels.length === this.#pads.length && labels.every((label, i) => label === this.#pads[i]!.label)) return;
    this.#pads = labels.map((label, i) => this.#make(label, i));
    the('pads').replaceChildren(...this.#pads.map((pad) => pad.button));
  }

  /** @param due what the recording says is being played: the one to press, @param counts samples of each label */
  refresh(due: string | undefined, counts: ReadonlyMap<string, number> = new Map()): void {
    const session = this.hands?.session();
    if (session === undefined) return;
    for (const pad of this.#pads) {
      write(pad.note, session.trial === undefined ? noteOf(counts.get(pad.label) ?? 0, session.recall(pad.label)) : words.trial.score(session.trial.score(pad.label)));
      pad.button.classList.toggle('due', pad.label === due);
      pad.button.setAttribute('aria-pressed', String(session.held === pad.label));
    }
  }

  #make(label: string, index: number) {
    const text = label === OTHER ? words.trial.other : label;
    const pad = element('button', '', { type: 'button', class: 'pad', 'aria-pressed': 'false', title: text });
    pad.dataset['label'] = label;
    const name = element('b', text);
    const note = element('small', '');
    pad.append(name, note);
    if (index < 9) pad.append(element('kbd', String(index + 1), { 'aria-hidden': 'true' }));
    if (label === OTHER) pad.style.setProperty('--label', 'var(--edge)');
    else paint(pad, index);
    pad.addEventListener('pointerdown', (event) => {
      if (event.button !== 0) return;
      this.#pointer = event.pointerId;
      pad.setPointerCapture(event.pointerId); // a finger that slides off still holds
      this.#press(label);
    });
    pad.addEventListener('contextmenu', (event) => event.preventDefault());
    pad.addEventListener('click', (event) => {
      if (event.detail === 0) this.hands?.tap(label);
    });
    return { label, button: pad, name, note };
  }

  #labelOf(event: KeyboardEvent): string | undefined {
    if (event.ctrlKey || event.altKey || event.metaKey || the('pads').offsetParent === null) return undefined; // pads that nobody sees teach nothing
    const target = event.target as HTMLElement;
    if (event.key === 'Enter' || event.key === ' ') return target.closest<HTMLElement>('.pad')?.dataset['label'];
    if (target.closest('input:not([type=checkbox], [type=radio]), select, textarea')) return undefined;
    return /^[1-9]$/.test(event.key) ? this.#pads[Number(event.key) - 1]?.label : undefined;
  }

  #press(label: string): void {
    this.hands?.press(label);
    this.#show();
  }

  #release(): void {
    this.#key = this.#pointer = undefined;
    this.hands?.release();
    this.#show();
  }

  #show(): void {
    const held = this.hands?.session()?.held;
    for (const pad of this.#pads) pad.button.setAttribute('aria-pressed', String(pad.label === held));
  }
}

const noteOf = (count: number, recall: number | undefined): string => (count === 0 ? words.labels.untaught : recall === undefined ? String(count) : `${count} · ${Math.round(100 * recall)} %`);

/** Names to change, and labels to give back. */
export function listLabels(labels: readonly string[], rename: (from: string, to: string) => void, drop: (label: string) => void): void {
  the('edit-list').replaceChildren(
    ...labels.map((label) => {
      const row = element('li');
      const name = element('input', '', { type: 'text', maxlength: '60', 'aria-label': words.labels.newName(label), autocomplete: 'off' });
      name.value = label;
      name.addEventListener('change', () => rename(label, name.value.trim()));
      const forget = element('button', words.labels.forget, { type: 'button', 'aria-label': words.labels.forgetOne(label) });
      forget.addEventListener('click', () => drop(label));
      row.append(name, forget);
      return row;
    }),
  );
}
