/** The view of the desk: text and bars ten times a second at most, which is as fast as they can be read; lines follow every frame. */
import { countIn } from './count-in.js';
import { desk, pads, removeLesson, verdict } from './desk.js';
import { attempt, button, paint, percent, the, write } from './page.js';
import { glow, showAccuracy, showProbabilities } from './panels.js';
import { Strips } from './strips.js';
import type { Verdict } from './verdict.js';
import { words } from './words.js';

const strips = new Strips((lesson) => void attempt(() => removeLesson(lesson)));

/** Sentences of parts of the page that are fetched when they are needed. */
export const said = { watch: (): void => {} };

/** Pictures of samples follow twice a second: at its fastest a recording teaches thousands. */
const STRIPS_MS = 480;
let stripsAt = 0;

/** Milliseconds from one refresh to the next. */
const OFTEN = 100;
const SELDOM = 200;

/** A refresh and the frame that shows it take a third of the time at most, where that is not too seldom to read along: the rest is for lines and learning. */
export function follow(): void {
  const began = performance.now();
  requestAnimationFrame(() =>
    setTimeout(() => {
      const took = performance.now() - began;
      setTimeout(follow, Math.min(Math.max(OFTEN, 3 * took), SELDOM) - took);
    }),
  );
  refresh();
}

export function refresh(): void {
  glow();
  speak();
  said.watch();
  desk.act();
  if (performance.now() > stripsAt) {
    stripsAt = performance.now() + STRIPS_MS;
    strips.show(desk.session, desk.lessons, desk.recording?.drawn === true);
    button('undo').hidden = desk.steps.length === 0;
    the('samples').hidden = desk.steps.length === 0 && desk.lessons?.all[0] === undefined;
  }
  if (!desk.stale) return;
  desk.stale = false;
  const { session, player, recording, due } = desk;
  the('live-form').querySelector<HTMLElement>('[type=submit]')!.hidden = desk.live !== undefined;
  button('play').disabled = button('step').disabled = player === undefined;
  write(button('play'), player?.playing === true ? words.pause : words.play);
  write(the('progress'), player === undefined ? '' : words.progress(player.progress.sample, player.progress.samples));
  const { word, index, line } = seen();
  write(the('says'), line);
  write(the('answer'), word);
  the('answer').style.setProperty('--letters', String(Math.max(2, Math.min(word.length, 12))));
  paint(the('answer'), index);
  write(the('truth'), due === undefined || session === undefined ? '' : (recording === undefined ? words.says.message : words.says.recording)(due));
  pads.refresh(recording === undefined ? undefined : due, desk.lessons?.counts);
  showTrial();
  the('chip-kept').hidden = session === undefined || session.learner.seen !== desk.keptSeen;
  the('use').hidden = session === undefined;
  if (session === undefined) return;
  showAccuracy(session);
  showProbabilities(session, index);
}

/** Seconds that are counted are as large as an answer. */
function seen(): Verdict {
  const { counting } = countIn;
  if (counting === undefined) return verdict();
  return { word: String(counting.left), index: desk.session?.learner.labels.indexOf(counting.label) ?? -1, line: words.trial.ready(counting.label || words.trial.other) };
}

function showTrial(): void {
  const trial = desk.session?.trial;
  the('trial-says').hidden = trial === undefined;
  write(the('teach-title'), trial === undefined ? words.trial.teach : words.trial.test);
  if (trial === undefined) return;
  const { right, all, worst } = trial.total;
  write(the('trial-says'), all === 0 ? words.trial.about : words.trial.total(right, all, percent(right / all), worst));
}

/** An answer is spoken once it has stood for so many milliseconds: one at a time can be listened to. */
const STANDS_MS = 800;
let [heard, spoken, since] = ['', '', 0];

function speak(): void {
  const { word } = seen();
  const now = performance.now();
  if (word !== heard) [heard, since] = [word, now];
  if (now - since < STANDS_MS || word === spoken) return;
  spoken = word;
  the('spoken').textContent = word === '–' ? '' : word;
}
