/** The view of the desk: text and bars ten times a second, which is as fast as they can be read; lines follow every frame. */
import { desk, pads, removeLesson, verdict } from './desk.js';
import { attempt, button, paint, the } from './page.js';
import { glow, showAccuracy, showProbabilities } from './panels.js';
import { Strips } from './strips.js';
import { words } from './words.js';

const strips = new Strips((lesson) => void attempt(() => removeLesson(lesson)));

/** Sentences of parts of the page that are fetched when they are needed. */
export const said = { watch: (): void => {} };

/** Pictures of samples follow twice a second: at its fastest a recording teaches thousands. */
const STRIPS_EVERY = 5;
let turn = 0;

export function refresh(): void {
  glow();
  speak();
  said.watch();
  if (++turn % STRIPS_EVERY === 0) {
    strips.show(desk.session, desk.lessons, desk.recording?.drawn === true);
    button('undo').hidden = desk.steps.length === 0;
    the('samples').hidden = desk.steps.length === 0 && desk.lessons?.all[0] === undefined;
  }
  if (!desk.stale) return;
  desk.stale = false;
  const { session, player, recording, due } = desk;
  the('live-form').querySelector<HTMLElement>('[type=submit]')!.hidden = desk.live !== undefined;
  button('play').disabled = button('step').disabled = player === undefined;
  button('play').textContent = player?.playing === true ? words.pause : words.play;
  the('progress').textContent = player === undefined ? '' : words.progress(player.progress.sample, player.progress.samples);
  const { word, index, line } = verdict();
  the('says').textContent = line;
  the('answer').textContent = word;
  the('answer').style.setProperty('--letters', String(Math.max(2, Math.min(word.length, 12))));
  paint(the('answer'), index);
  the('truth').textContent = due === undefined || session === undefined ? '' : (recording === undefined ? words.says.message : words.says.recording)(due);
  pads.refresh(recording === undefined ? undefined : due, desk.lessons?.counts);
  the('chip-kept').hidden = session === undefined || session.learner.seen !== desk.keptSeen;
  if (session === undefined) return;
  showAccuracy(session);
  showProbabilities(session, index);
}

/** An answer is spoken once it has stood for so many refreshes: one at a time can be listened to. */
const STANDS = 8;
let [heard, spoken, stood] = ['', '', 0];

function speak(): void {
  const { word } = verdict();
  stood = word === heard ? stood + 1 : 0;
  heard = word;
  if (stood < STANDS || word === spoken) return;
  spoken = word;
  the('spoken').textContent = word === '–' ? '' : word;
}
