/** The elements of index.html by their ids, and the two lines that speak to the visitor. */
import { language, words } from './words.js';

export function the<T extends HTMLElement = HTMLElement>(id: string): T {
  const element = document.getElementById(id);
  if (element === null) throw new Error(`index.html has no #${id}`);
  return element as T;
}

export const button = (id: string): HTMLButtonElement => the<HTMLButtonElement>(id);
export const input = (id: string): HTMLInputElement => the<HTMLInputElement>(id);
export const select = (id: string): HTMLSelectElement => the<HTMLSelectElement>(id);

/** Text that may be the same as before: a browser lays even that out anew. */
export function write(target: HTMLElement, text: string): void {
  if (target.textContent !== text) target.textContent = text;
}

let forget: ReturnType<typeof setTimeout> | undefined;

/** Something that went as it should; gone after a while. */
export function tell(text: string): void {
  the('status').textContent = text;
  clearTimeout(forget);
  forget = setTimeout(() => (the('status').textContent = ''), 8000);
}

/** Something that went wrong; stays until the next thing is tried. */
export function complain(error: unknown): void {
  const { message } = error instanceof Error ? error : new Error(String(error));
  the('alarm').textContent = message.length > 400 ? `${message.slice(0, 400)}…` : message;
}

export function calm(): void {
  the('alarm').textContent = '';
}

/** Runs what a visitor asked for; what goes wrong is said. */
export async function attempt(action: () => unknown): Promise<void> {
  calm();
  try {
    await action();
  } catch (error) {
    complain(error);
  }
}

/** By their places behind the point. A browser takes its time to make one. */
const formats: Intl.NumberFormat[] = [];
const number = (value: number, places: number): string => (formats[places] ??= new Intl.NumberFormat(language, { minimumFractionDigits: places, maximumFractionDigits: places })).format(value);

export const count = (value: number): string => number(value, 0);
export const percent = (share: number): string => `${number(100 * share, share === 1 ? 0 : 1)}\u00a0%`;

/** An element with text; never markup, whatever the text holds. */
export function element<K extends keyof HTMLElementTagNameMap>(tag: K, text = '', attributes: Record<string, string> = {}): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag);
  if (text !== '') made.textContent = text;
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  return made;
}

/** The colour of a label for whatever is inside this element. */
export function paint(target: HTMLElement, label: number): void {
  if (label < 0) target.style.removeProperty('--label');
  else target.style.setProperty('--label', `var(--label-${label % 8})`);
}

/** A part of the page that is fetched when it is needed. */
export async function part<T>(fetched: Promise<T>): Promise<T> {
  try {
    return await fetched;
  } catch (cause) {
    throw navigator.onLine ? cause : new Error(words.offlinePart, { cause });
  }
}
