/** Recordings as a signal: played moment by moment. */
import { desk, labelsMayHaveCome, open } from './desk.js';
import { complain, input, select, the } from './page.js';
import { Player } from './player.js';
import { NONE, type Recording } from './recording.js';
import { lens, scope } from './trace.js';

export async function play(chosen: Recording): Promise<void> {
  desk.recording = chosen;
  the('about').textContent = chosen.about;
  await open(chosen.id, { channels: chosen.channels.length, window: chosen.window }, chosen.labels, chosen.exemplars);
  const { session, recording } = desk;
  if (recording !== chosen || session === undefined) return;
  const player = new Player(chosen, (moment, truth) => {
    const label = truth === NONE ? undefined : chosen.labels[truth];
    desk.due = label;
    scope.take(moment);
    if (chosen.drawn) lens.point(moment[0]!, moment[1]!);
    try {
      session.take(moment, input('teacher').checked ? label : undefined);
      labelsMayHaveCome();
    } catch (error) {
      player.pause();
      complain(error);
    }
    desk.stale = true;
  });
  desk.player = player;
  player.speed = Number(select('speed').value);
  player.onEnd = () => (desk.stale = true);
  if (!matchMedia('(prefers-reduced-motion: reduce)').matches && chosen.drawn) player.play();
  desk.stale = true;
}
