/** The page: a signal is chosen, a network listens to it, a visitor teaches it. Here the elements get what they do. */
import type { LearnerWishes } from '../host/config.js';
import { connect } from './connect.js';
import { countIn } from './count-in.js';
import { checkedName, desk, disconnect, labelsChanged, leave, relearn, replace, undo } from './desk.js';
import { test } from './hands.js';
import { ACTIONS } from './keep.js';
import { bytesNeeded, createFor } from './learners.js';
import { mayLose, wouldLose } from './lose.js';
import { attempt, button, input, part, select, tell, the } from './page.js';
import { play } from './play.js';
import { openFile, saveNetwork, saveProject } from './projects.js';
import { fan, gestures } from './recording.js';
import { remembersAny } from './remembered.js';
import { follow, refresh } from './show.js';
import { SIGNALS } from './signals.js';
import { chooseTable, playTable } from './tables.js';
import { LANGUAGES, fillIn, language, ready, speak, textsOf, words, type Language } from './words.js';

const radioOf = (kind: string): HTMLInputElement => document.querySelector<HTMLInputElement>(`input[name=source][value=${kind}]`)!;
const kind = (): string => document.querySelector<HTMLInputElement>('input[name=source]:checked')!.value;

/** The signal that is listened to: while a question is open, it is not the one that was just pressed. */
let chosen = '';

async function choose(name: string): Promise<void> {
  chosen = name;
  radioOf(name).checked = true;
  const left = leave();
  const mine = desk.choice;
  await left;
  if (mine !== desk.choice) return; // chosen again meanwhile
  const { recorded, labelled, window, channels, unknownBelow, tells = 'familiar' } = SIGNALS[name]!;
  const { about, verb, lasts } = textsOf(name);
  Object.assign(the('use'), { open: false, hidden: true }); // its lines are of another signal
  Object.assign(the('dreams'), { open: false, hidden: tells === 'alike' }); // of sounds and pictures a network keeps features, which nobody can look at
  the('single-row').hidden = recorded || own !== null;
  the('csv-form').hidden = name !== 'csv';
  the('live-form').hidden = recorded;
  the('live-form').querySelector('button')!.textContent = verb;
  the('transport').hidden = !recorded;
  the('count-in-row').hidden = recorded;
  the('teacher-row').hidden = !labelled;
  the('teacher-text').textContent = recorded ? words.teacher.recording : words.teacher.messages;
  the('teach-about').textContent = recorded ? words.hold.recording : words.hold.live(lasts);
  for (const field of document.querySelectorAll<HTMLElement>('#live-form [data-for]')) field.hidden = !field.dataset['for']!.split(' ').includes(name);
  if (!recorded && channels === undefined) select('live-window').value = String(window);
  input('unknown-below').value = String(unknownBelow);
  the('tells').textContent = words.tells[tells].word;
  the('unknown-label').title = words.tells[tells].title;
  the('about').textContent = name === 'fan' ? words.live.reading : name === 'gestures' ? '' : about;
  input('teacher').checked = name === 'fan';
  desk.stale = true;
  if (name !== 'gestures' && name !== 'fan') return;
  const read = await (name === 'fan' ? fan() : gestures());
  if (mine === desk.choice) await play(read);
}

/** False where the visitor would rather keep what this signal was taught. */
function mayLeave(): boolean {
  const may = chosen === '' || mayLose(chosen);
  if (!may) radioOf(chosen).checked = true;
  return may;
}

/** There where this page was saved as one file (web/single.ts): what was taught to it. */
const own = document.getElementById('own');

/** The visitor has agreed to lose what nothing keeps: the browser need not ask, too. */
let agreed = false;

/** The page in another language is another page. */
async function chooseLanguage(): Promise<void> {
  const wished = select('language').value;
  select('language').value = language;
  if (!mayLose(chosen)) return;
  agreed = true;
  await speak(wished as Language).catch((error) => {
    agreed = false;
    throw error;
  });
}

/** Labels are the visitor's: kept on the next save, though nothing was learned. */
function addLabel(name: string): void {
  if (desk.session === undefined) throw new Error(words.labels.signalFirst);
  desk.session.learner.addLabel(checkedName(name));
  labelsChanged();
}

function chosenSettings(): LearnerWishes {
  return { units: select('set-units').value.split(',').map(Number), bits: Number(select('set-bits').value) as 8 | 16, exemplars: Number(select('set-exemplars').value) };
}

async function forgetAll(): Promise<void> {
  const { config, labels } = desk.session!.learner;
  await replace((shape) => createFor(shape, { units: config.units as number[], bits: config.bits, exemplars: config.exemplars }, labels));
  tell(words.network.forgotten);
}

const on = (id: string, event: string, action: () => unknown): void =>
  the(id).addEventListener(event, (happened) => {
    if (event === 'submit') happened.preventDefault();
    void attempt(action);
  });

function begin(): void {
  fillIn();
  select('language').replaceChildren(...Object.entries(LANGUAGES).map(([tag, name]) => Object.assign(new Option(name, tag, tag === language, tag === language), { lang: tag })));

  for (const radio of document.querySelectorAll<HTMLInputElement>('input[name=source]')) radio.addEventListener('change', () => void attempt(() => (mayLeave() ? choose(radio.value) : undefined)));

  on('language', 'change', chooseLanguage);
  on('play', 'click', () => {
    if (desk.player?.playing === true) desk.player.pause();
    else desk.player?.play();
    desk.stale = true;
  });
  on('step', 'click', () => {
    desk.player?.step();
    refresh();
  });
  on('speed', 'change', () => {
    if (desk.player !== undefined) desk.player.speed = Number(select('speed').value);
  });
  on('live-form', 'submit', () => connect(kind()));
  on('disconnect', 'click', () => {
    disconnect();
    the('about').textContent = textsOf(kind()).about;
  });
  on('csv-file', 'change', () => {
    const chosen = input('csv-file').files?.[0];
    return chosen === undefined ? undefined : chooseTable(chosen);
  });
  on('csv-form', 'submit', playTable);
  on('unknown-below', 'input', () => (desk.stale = true));
  on('add', 'submit', () => {
    addLabel(input('new-label').value.trim());
    input('new-label').value = '';
  });
  on('use', 'toggle', async () => {
    if (!the<HTMLDetailsElement>('use').open) return; // it tells of closing, too
    const [{ linesFor }, { beginActions }] = await part(Promise.all([import('./use.js'), import('./actions.js')]));
    if (desk.session === undefined) return;
    the('lines').textContent = linesFor(kind(), desk.session.shape);
    beginActions();
  });
  on('count-in', 'change', () => countIn.stop());
  on('trial', 'change', () => test(input('trial').checked));
  on('save-single', 'click', async () => (await part(import('./single.js'))).saveSingle(kind()));
  for (const [id, event] of [['dreams', 'toggle'], ['dream-anew', 'click']] as const) {
    on(id, event, async () => {
      if (the<HTMLDetailsElement>('dreams').open) (await part(import('./dreams.js'))).showDreams();
    });
  }
  on('watch', 'change', async () => {
    try {
      const { watchWhen } = await part(import('./watch.js'));
      watchWhen(input('watch').checked);
    } catch (error) {
      input('watch').checked = false;
      throw error;
    }
  });
  on('undo', 'click', undo);
  on('save', 'click', () => saveProject(kind()));
  on('save-network', 'click', () => saveNetwork(kind()));
  on('load', 'click', () => input('load-file').click());
  on('load-file', 'change', async () => {
    const chosen = input('load-file').files?.[0];
    input('load-file').value = '';
    if (chosen !== undefined) await openFile(chosen, kind(), choose);
  });
  on('reset', 'click', forgetAll);
  on('phone', 'click', async () => (await part(import('./phone.js'))).invite(kind()));
  on('phone-close', 'click', () => {
    the('phone-card').hidden = true;
    button('phone').focus();
  });
  on('settings-form', 'submit', async () => {
    await relearn({ settings: chosenSettings() });
    tell(words.network.another);
  });
  on('settings', 'input', () => {
    if (desk.session !== undefined) the('settings-bytes').textContent = words.network.wouldNeed(bytesNeeded(desk.session.shape, chosenSettings(), desk.session.learner.labels));
  });

  addEventListener('dragover', (event) => {
    event.preventDefault();
    the('drop').hidden = false;
  });
  addEventListener('dragleave', (event) => {
    if (event.relatedTarget === null) the('drop').hidden = true;
  });
  addEventListener('drop', (event) => {
    event.preventDefault();
    the('drop').hidden = true;
    const dropped = event.dataTransfer?.files[0];
    if (dropped === undefined) return;
    void attempt(async () => {
      if (/\.onwp?$/.test(dropped.name)) return openFile(dropped, kind(), choose);
      if (!mayLeave()) return;
      await choose('csv');
      await chooseTable(dropped);
    });
  });
  // a phone may never come back to a tab that was left
  document.addEventListener('visibilitychange', () => {
    void desk.lessons?.flush();
    void desk.drawer?.flush().catch(() => {});
  });

  addEventListener('beforeunload', (event) => {
    if (agreed || !wouldLose()) return;
    event.preventDefault(); // the browser asks, in words of its own
    event.returnValue = true; // and so do Chromium 118 and older
  });

  // #mqtt=ws://host:9001 fills the form in, #from=.. brings a network; whether to connect, and to take it, is the visitor's choice
  const asked = new URLSearchParams(location.hash.slice(1));
  input('mqtt-address').value = asked.get('mqtt') ?? '';
  input('mqtt-topic').value = asked.get('topic') ?? '';
  if (asked.has('mqtt')) radioOf('mqtt').checked = true;

  on('whole', 'click', () => {
    document.body.classList.remove('shown');
    the('whole').hidden = true;
  });
  document.body.classList.toggle('shown', own !== null);
  the('whole').hidden = own === null;
  the('phone').hidden = own !== null; // no server carries what it has
  if (own !== null) radioOf(own.dataset['kind']!).checked = true;
  if (remembersAny(ACTIONS)) void attempt(async () => (await part(import('./actions.js'))).beginActions());
  follow();
  void attempt(async () => {
    await choose(kind());
    if (own !== null) await (await part(import('./single.js'))).beginSingle((file, keeps) => openFile(file, kind(), choose, keeps));
  });
  function receive(): void {
    const from = new URLSearchParams(location.hash.slice(1)).get('from');
    if (from !== null) void attempt(async () => (await part(import('./phone.js'))).receive(from, (file) => attempt(() => openFile(file, kind(), choose))));
  }
  receive();
  addEventListener('hashchange', receive); // a link that is opened where the page is already

  if (own === null && 'serviceWorker' in navigator) {
    navigator.serviceWorker.register(`./sw.js?${language}`).then(
      () => navigator.serviceWorker.ready.then(() => (the('chip-offline').hidden = false)),
      () => {}, // a file:// page, or a browser that forbids it: the page works, online
    );
  }
}

void ready.then(begin);
