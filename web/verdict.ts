/** The page's word on a sample: a label, or that it is like nothing that was taught. */
import { UNKNOWN } from '../host/prediction.js';
import { percent } from './page.js';
import type { Session } from './session.js';

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
  if (session === undefined || answer === undefined) return { word: '–', index: -1, line: 'The network says' };
  const { label, taught, probability } = answer;
  if (label === undefined) return { word: '–', index: -1, line: taught === undefined ? 'It was taught nothing yet: hold a label' : `Taught: ${taught}` };
  const says = taught === undefined ? 'The network says' : taught === label ? 'The network said' : `Taught: ${taught}. The network said`;
  if (session.isQuiet(answer)) return { word: UNKNOWN, index: -1, line: `${says}, quieter than all it was taught` };
  const share = session.alike === undefined ? answer.familiar : answer.alike;
  const known = share === undefined ? '' : `, ${session.alike === undefined ? 'familiar' : 'alike'} ${percent(share)}`;
  if (share !== undefined && 100 * share < unknownBelow) return { word: UNKNOWN, index: -1, line: `${says}, most like ${label}${known}` };
  return { word: label, index: session.learner.labels.indexOf(label), line: `${says}, ${percent(probability)} sure${known}` };
}
