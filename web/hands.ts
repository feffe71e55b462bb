/** To hold a label is a lesson, or a test; by hand, or counted in. */
import { countIn } from './count-in.js';
import { desk, mark, pads } from './desk.js';
import { attempt, calm, input, tell } from './page.js';
import { Trial } from './trial.js';
import { words } from './words.js';

countIn.onCount = () => (desk.stale = true);

pads.hands = {
  session: () => desk.session,
  press(label) {
    if (countsIn()) return count(label);
    byHand = true;
    hold(label);
  },
  release() {
    if (!byHand) return;
    byHand = false;
    const { session, live } = desk;
    if (session?.held !== undefined && live !== undefined && !desk.shown) tell(words.lessons.longer);
    session?.release();
  },
  tap: (label) => (countsIn() ? count(label) : showLast(label)),
};

/** A hand holds the label, and not the clock: it lets go of it whatever was chosen meanwhile. */
let byHand = false;

const count = (label: string): void => countIn.press(label, hold, () => desk.session?.release());

document.addEventListener('visibilitychange', () => countIn.stop()); // timers of a tab that nobody sees are late

/** A recording waits for nobody: its samples are held, or tapped. */
const countsIn = (): boolean => input('count-in').checked && desk.live !== undefined;

function hold(label: string): void {
  const { session, live, player } = desk;
  if (session === undefined) return;
  calm();
  session.held = label;
  desk.shown = false;
  if (live !== undefined) session.restart(); // what came before the button was pressed is not part of the lesson
  else if (player?.playing !== true) showLast(label);
}

function showLast(label: string): void {
  const target = desk.session;
  if (target === undefined) return;
  void attempt(() => {
    if (target.show(label)) mark(target);
    else tell(target.answer === undefined ? words.lessons.none : target.trial === undefined ? words.lessons.taughtAlready : words.trial.already);
  });
}

/** Each test begins with no answers. */
export function test(isOn: boolean): void {
  const { session } = desk;
  if (session === undefined) return;
  countIn.stop();
  session.held = undefined;
  session.trial = isOn ? new Trial() : undefined;
  pads.rebuild();
  desk.stale = true;
}
