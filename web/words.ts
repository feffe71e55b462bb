/** The page in the visitor's language. Only its file is fetched. */
import { remember, remembered } from './remembered.js';
import type { Words } from './words/en.js';

/** By the name of their language in itself. */
export const LANGUAGES = { en: 'English', de: 'Deutsch' } as const;
export type Language = keyof typeof LANGUAGES;

const KEY = 'onward language';
const FILES: Record<Language, () => Promise<{ words: Words }>> = { en: () => import('./words/en.js'), de: () => import('./words/de.js') };

/** Chosen at an earlier visit, else the browser's; English outside of a page, and where nothing fits. */
function chosen(): Language {
  if (typeof document === 'undefined') return 'en';
  const wished = [remembered(KEY), ...navigator.languages.map((tag) => tag.slice(0, 2).toLowerCase())];
  return (wished.find((tag) => tag !== null && Object.hasOwn(LANGUAGES, tag)) as Language | undefined) ?? 'en';
}

export let language = chosen();
/** There once `ready` is done: nothing of the page begins before. */
export let words: Words;
export const ready = FILES[language]()
  .catch(() => FILES[(language = language === 'en' ? 'de' : 'en')]()) // better than an empty page
  .then((file) => void ({ words } = file));

/** Texts of a signal of the page. */
export const textsOf = (signal: string): Words['signals']['motion'] => words.signals[signal as keyof Words['signals']];

/** The page anew, in this language from now on. @throws where its file cannot be had: then nothing has changed */
export async function speak(wished: Language): Promise<void> {
  await FILES[wished]().catch((cause) => {
    throw new Error(words.offlinePart, { cause });
  });
  remember(KEY, wished);
  location.reload();
}

/** Fills the texts of index.html in: `data-say` is a text, `data-say-NAME` an attribute. */
export function fillIn(): void {
  document.documentElement.lang = language;
  for (const element of document.querySelectorAll<HTMLElement>('[data-say], [data-say-label], [data-say-title], [data-say-placeholder]')) {
    const { say, sayLabel, sayTitle, sayPlaceholder } = element.dataset;
    if (say !== undefined) element.textContent = textOf(say);
    for (const [name, key] of [['aria-label', sayLabel], ['title', sayTitle], ['placeholder', sayPlaceholder]] as const) if (key !== undefined) element.setAttribute(name, textOf(key));
  }
  document.querySelector('meta[name=description]')!.setAttribute('content', words.page.description);
}

function textOf(key: string): string {
  const text = (words.page as Record<string, string>)[key];
  if (text === undefined) throw new Error(`words.page has no ${key}, which index.html asks for`);
  return text;
}
