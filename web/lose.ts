/** Asks before something takes the place of what no browser keeps: in a private window, or a second tab. */
import { desk } from './desk.js';
import { textsOf, words } from './words.js';

/** @param signal that is listened to now */
export function mayLose(signal: string): boolean {
  const { session, drawer } = desk;
  if (session === undefined || drawer !== undefined || session.learner.seen === 0) return true;
  return confirm(words.files.lose(textsOf(signal).title, session.learner.seen));
}
