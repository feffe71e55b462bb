/** Samples that nobody took, as the network would have them (host/dream): what it knows of a label, to look at. This file is fetched when they are. */
import { dream } from '../host/dream/index.js';
import { desk } from './desk.js';
import { element, paint, the } from './page.js';
import { drawing } from './strips.js';
import { words } from './words.js';

/** Of each label. */
const SHOWN = 6;

/** Others each time. */
let seed = 0;
let turn = 0;

/** One after the other, between frames: each asks the network 300 times. */
export function showDreams(): void {
  const mine = ++turn;
  const { session, recording } = desk;
  desk.changed = () => {
    if (the<HTMLDetailsElement>('dreams').open) showDreams();
  };
  the('dream-strips').replaceChildren();
  if (session === undefined) return the('dream-strips').append(element('li', words.dreams.unknown));
  const first = (seed += SHOWN);
  const { labels } = session.learner;
  const strips = labels.map((label, i) => {
    const [row, name, strip] = [element('li'), element('h3'), element('div', '', { class: 'strip' })];
    paint(row, i);
    name.append(element('span', label));
    row.append(name, strip);
    return { label, row, strip };
  });
  the('dream-strips').replaceChildren(...strips.map(({ row }) => row));
  const left = strips.flatMap((of) => Array.from({ length: SHOWN }, (_, k) => ({ ...of, k })));
  const next = (): void => {
    const wanted = left.shift();
    if (wanted === undefined || mine !== turn || session !== desk.session || !the<HTMLDetailsElement>('dreams').open) return;
    const { label, strip, k } = wanted;
    try {
      const [drawn] = dream(session.learner, label, { seed: first + k });
      const picture = drawing(drawn!.x, session.shape, recording?.drawn === true);
      picture.removeAttribute('aria-hidden');
      picture.setAttribute('role', 'img');
      picture.setAttribute('aria-label', words.dreams.one(label, Math.round(100 * drawn!.believed)));
      strip.append(picture);
    } catch {
      if (k === 0) strip.append(element('small', words.dreams.unknown)); // taught too little, or not at all
    }
    setTimeout(next, 10);
  };
  next();
}
