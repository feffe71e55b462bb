/** Asks before something takes the place of what no browser keeps: in a second tab, or where it keeps nothing or refuses to. */
import { desk } from './desk.js';
import { textsOf, words } from './words.js';

/** Would what was taught be gone with the tab? */
export function wouldLose(): boolean {
  const { session, drawer, refused, savedSeen } = desk;
  return session !== undefined && (drawer === undefined || refused) && session.learner.seen !== savedSeen;
}

/** @param signal that is listened to now */
export function mayLose(signal: string): boolean {
  return !wouldLose() || confirm(words.files.lose(textsOf(signal).title, desk.session!.learner.seen));
}
