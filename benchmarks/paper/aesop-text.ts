/** Aesop's fables over 30 symbols: the 248 strings of the paper to learn from, and the rest of the text, which nobody learns. */
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';

export const SYMBOLS = [...'abcdefghijklmnopqrstuvwxyz ,;.'];
export const WINDOW = 10;

const data = (file: string): Buffer => readFileSync(new URL(`../../data/${file}`, import.meta.url));

/** 248 strings of 100 characters: 90 predictions each, 22,320 in all. */
export function trainingStrings(): string[] {
  return data('aesop_248x100.txt').toString().replace(/\n$/, '').split('\n');
}

/** The whole text in the same symbols. The strings are its first 24,800 characters, cut every 100; a test says so. */
export function wholeText(): string {
  return gunzipSync(data('aesop_jacobs_body.txt.gz')).toString().toLowerCase().replace(/['"]/g, '').replace(/[!?]/g, '.').replace(/-/g, ' ').replace(/:/g, ';').replace(/\s+/g, ' ').trim();
}

/** What comes after the training strings: one sequence. */
export function heldOutText(): string {
  return wholeText().slice(trainingStrings().join('').length);
}

/**
 * Right answers in %, over every character that has a full window before it in its string.
 * @param guess the next character after `text.slice(0, at)`
 */
export function rightOn(texts: readonly string[], guess: (text: string, at: number) => string): number {
  let right = 0;
  let asked = 0;
  for (const text of texts) {
    for (let at = WINDOW; at < text.length; at++, asked++) if (guess(text, at) === text[at]) right++;
  }
  return (100 * right) / asked;
}

/** The commonest follower of the last `order` characters in `texts`; of fewer, where those never occurred. */
export function countedGrams(texts: readonly string[], order: number): (text: string, at: number) => string {
  const followers = new Map<string, Map<string, number>>();
  for (const text of texts) {
    for (let at = 0; at < text.length; at++) {
      for (let length = 0; length <= Math.min(order, at); length++) {
        const context = text.slice(at - length, at);
        const counts = followers.get(context) ?? new Map<string, number>();
        followers.set(context, counts.set(text[at]!, (counts.get(text[at]!) ?? 0) + 1));
      }
    }
  }
  const commonest = new Map([...followers].map(([context, counts]) => [context, [...counts].reduce((a, b) => (b[1] > a[1] ? b : a))[0]]));
  return (text, at) => {
    for (let length = order; ; length--) {
      const known = commonest.get(text.slice(at - length, at));
      if (known !== undefined) return known;
    }
  };
}
