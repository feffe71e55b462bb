/** The page's word on a sample: a label, or that it is like nothing that was taught. */
import { labelOf } from './alike.js';
import { percent } from './page.js';
import type { Session } from './session.js';
import { words } from './words.js';

export interface Verdict {
  /** In large type. */
  word: string;
  /** Its place among the labels, for its colour; -1 for none. */
  index: number;
  /** The line above it. */
  line: string;
}

/** @param unknownBelow percent */
export function verdictOf(session: Session | undefined, unknownBelow: number): Verdict {
  const answer = session?.answer;
  if (session === undefined || answer === undefined) return { word: '–', index: -1, line: words.says.now };
  const { label, taught, asked, probability } = answer;
  if (label === undefined) return { word: '–', index: -1, line: taught === undefined ? words.says.nothing : words.says.taught(taught) };
  const says = asked !== undefined ? words.says.asked(asked) : taught === undefined ? words.says.now : taught === label ? words.says.right : words.says.wrong(taught);
  if (session.isQuiet(answer)) return { word: words.says.unknown, index: -1, line: words.says.quiet(says) };
  const shares = session.alike === undefined ? new Map([[label, answer.familiar]]) : answer.alike;
  const word = labelOf(label, shares, unknownBelow / 100);
  const share = shares?.get(word ?? label);
  const known = share === undefined ? '' : words.says.known(words.tells[session.alike === undefined ? 'familiar' : 'alike'].word, percent(share));
  const line = (word === label ? words.says.sure(says, percent(probability)) : words.says.mostLike(says, word ?? label)) + known;
  return { word: word ?? words.says.unknown, index: word === undefined ? -1 : session.learner.labels.indexOf(word), line };
}
