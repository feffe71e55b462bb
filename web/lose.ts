/** Asks before something takes the place of what no browser keeps: in a private window, or a second tab. */
import { desk } from './desk.js';
import { textsOf, words } from './words.js';

/** Would what was taught be gone with the tab? */
export function wouldLose(): boolean {
  const { session, drawer } = desk;
  return session !== undefined && drawer === undefined && session.learner.seen > 0;
}

/** @param signal that is listened to now */
export function mayLose(signal: string): boolean {
  return !wouldLose() || confirm(words.files.lose(textsOf(signal).title, desk.session!.learner.seen));
}
