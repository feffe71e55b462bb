// The picture of the README: the shipped fan recording, learned while the fan speeds up, beside a copy that was frozen on the way. An SVG that draws itself, made
// from the recording by `npm run readme`; the same bytes each time.

import { Contest } from '../cli/contest.js';
import { fanWindows, FREEZE_SPEED, WINDOW, type FanWindow } from '../cli/fan.js';
import { createLearner } from '../host/index.js';

const WIDTH = 760;
const HEIGHT = 300;
const LEFT = 56;
const RIGHT = 150;
const TOP = 44;
const BOTTOM = 44;
const SECONDS = 9;
const BLUE = '#2a78d6';
const GREY = '#8a8f98';
const POINTS = 240;

const x = (share: number): number => LEFT + (WIDTH - LEFT - RIGHT) * share;
const y = (accuracy: number): number => TOP + (HEIGHT - TOP - BOTTOM) * (1 - accuracy);

/** A line that draws itself from `begin` to the end of the picture, both as shares of its time, and stays. */
function drawn(points: readonly (readonly [number, number])[], colour: string, begin: number): string {
  const path = points.map(([share, accuracy]) => `${x(share).toFixed(1)},${y(accuracy).toFixed(1)}`).join(' ');
  const times = begin === 0 ? '0;1' : `0;${begin.toFixed(3)};1`;
  const offsets = begin === 0 ? '1;0' : '1;1;0';
  return `<polyline points="${path}" fill="none" stroke="${colour}" stroke-width="2.5" stroke-linejoin="round" pathLength="1" stroke-dasharray="1"><animate attributeName="stroke-dashoffset" values="${offsets}" keyTimes="${times}" dur="${SECONDS}s" fill="freeze"/></polyline>`;
}

export async function animation(): Promise<string> {
  const { labels, windows } = await fanWindows(1);
  const learner = await createLearner({ window: WINDOW, labels, seed: 1 });
  const contest = new Contest(learner, { freeze: (sample) => (sample as FanWindow).group > FREEZE_SPEED, stride: Math.ceil(windows.length / POINTS) });
  for await (const _ of contest.play(windows));
  learner.dispose();

  const line = (name: 'learning' | 'frozen'): [number, number][] =>
    contest.history.flatMap(({ n, recent }) => (recent[name] === undefined ? [] : [[n / windows.length, recent[name]] as [number, number]]));
  const [learning, frozen] = [line('learning'), line('frozen')];
  const freeze = contest.frozenAt! / windows.length;
  const named = (name: string, [, accuracy]: readonly [number, number], colour: string): string =>
    `<text x="${WIDTH - RIGHT + 10}" y="${(y(accuracy) + 4).toFixed(1)}" fill="${colour}" font-weight="600">${name} ${Math.round(100 * accuracy)} %</text>`;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" font-family="system-ui, sans-serif" font-size="13" fill="#374151" role="img" aria-label="While a fan speeds up, the learner stays right and a copy that was frozen at ${FREEZE_SPEED} % speed fails">
<rect width="100%" height="100%" rx="8" fill="#ffffff"/>
<text x="${LEFT}" y="24" font-weight="600" fill="#1f2937">A fan speeds up. How are its weights placed? Right of the last 200 answers, %</text>
${[0, 0.5, 1].map((accuracy) => `<line x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${y(accuracy)}" y2="${y(accuracy)}" stroke="#e5e7eb"/><text x="${LEFT - 8}" y="${y(accuracy) + 4}" text-anchor="end">${100 * accuracy}</text>`).join('\n')}
<line x1="${x(freeze).toFixed(1)}" x2="${x(freeze).toFixed(1)}" y1="${TOP}" y2="${HEIGHT - BOTTOM}" stroke="${GREY}" stroke-dasharray="4 4"/>
<text x="${x(freeze).toFixed(1)}" y="${HEIGHT - 24}" text-anchor="middle">a copy is frozen at ${FREEZE_SPEED} % speed</text>
<text x="${LEFT}" y="${HEIGHT - 24}">20 %</text>
<text x="${WIDTH - RIGHT}" y="${HEIGHT - 24}" text-anchor="end">100 %</text>
${drawn(frozen, GREY, freeze)}
${drawn(learning, BLUE, 0)}
${named('learning', learning.at(-1)!, BLUE)}
${named('frozen', frozen.at(-1)!, '#6b7280')}
</svg>
`;
}
