// What a detector lives through over a long time: pulses that stop, a channel that dies, a device that is off at night, a fault soon after another.

import { Random } from '../benchmarks/rivals/random.js';
import { createDetector, loadDetector } from '../host/index.js';
import { bitsOf } from './core-driver.js';
import { detectorCore, detectorDefaults, referenceDetector, type DetectorImplementation } from './detector-driver.js';
import { Lockstep } from './lockstep.js';
import { fieldAt } from './reference/detector/state.js';
import { assert, suite } from './suite.js';

const test = suite('detector lasting');

/** Noise, and rare pulses until `stop`: the unit becomes much finer than what is still remembered of the pulses. */
const pulses = (random: Random, size: number, every: number, stop: number) => (t: number): number => (t < stop && t % every === 0 ? size : 0) + 0.02 * random.normal();

/** 0, and 1 for some samples now and then: a door, a motion sensor. `left` from then on it stays at 1. */
function opening(random: Random, often: number, mean: number, left = Infinity): (t: number) => number {
  let open = 0;
  return (t) => {
    if (open > 0) open--;
    else if (random.uniform() < often) open = Math.ceil(-mean * Math.log(1 - random.uniform()));
    return open > 0 || t >= left ? 1 : 0;
  };
}

test('what a detector saves it takes back, every 16 samples, while rare pulses come and after they stop', async () => {
  for (const [seed, size, every, stop] of [[1, 29, 68, 3994], [2, -29, 68, 3994], [3, 31, 60, 2500], [4, 2, 68, 3994], [5, 1e6, 90, 1500]] as const) {
    const detector = await createDetector();
    const value = pulses(new Random(seed), size, every, stop);
    for (let t = 0; t < 8000; t++) {
      detector.observe(value(t));
      if (t % 16 !== 0) continue;
      const saved = detector.save();
      assert.equal((await loadDetector(saved)).save(), saved, `sample ${t}, pulses of ${size}`);
    }
  }
});

test('reference = core where pulses stop, and where a high level falls to nothing', () => {
  const random = new Random(4);
  const door = opening(random, 0.02, 3);
  const fall = (t: number): number => (t < 1500 ? 29 : 0) + 0.0001 * random.normal();
  for (const signal of [pulses(new Random(1), 29, 68, 3994), pulses(new Random(2), -31, 40, 1200), fall, door]) {
    const config = detectorDefaults({ mode: 'streaming' });
    const judge = referenceDetector(config);
    const all = new Lockstep<Omit<DetectorImplementation, 'load'>, typeof judge>(judge, [() => detectorCore(config)], (at) => fieldAt(judge.detector, at), {});
    for (let t = 0; t < 6500; t++) {
      all.step = t;
      const x = bitsOf([signal(t)]);
      all.same('alarm', (each) => each.observe(x));
      all.same('score', (each) => each.score());
      if (t % 64 === 63) all.compareStates();
    }
  }
});

test('a rare state that lasts for too long is told as stuck: a door left open, a motion sensor held, a pump that runs on, a valve that stays shut', async () => {
  const turns = (on: number, off: number) => (random: Random) => {
    let [isOn, left] = [false, 20];
    return (t: number): number => {
      if (t >= 5000 && isOn) left = 2;
      if (--left <= 0) [isOn, left] = [!isOn, (isOn ? 50 : 20) + random.below(30)];
      return (isOn ? on : off) + 0.02 * (on + off) * random.normal();
    };
  };
  const kinds: Record<string, (random: Random) => (t: number) => number> = {
    door: (random) => opening(random, 0.02, 3, 5000),
    motion: (random) => { const inside = opening(random, 0.004, 80), seen = opening(random, 0.25, 3); return (t) => (t >= 5000 ? 1 : inside(t) * seen(t)); },
    pump: turns(90, 1.5),
    valve: turns(0, 60),
  };
  for (const [name, make] of Object.entries(kinds)) {
    let found = 0;
    let falsely = 0;
    for (let seed = 1; seed <= 10; seed++) {
      const value = make(new Random(seed));
      const detector = await createDetector();
      for (let t = 0; t < 5250; t++) {
        const { alarm, views } = detector.observe(value(t));
        if (!alarm) continue;
        if (t >= 400 && t < 5000 && views[0] === 'stuck') falsely++;
        if (t < 5000) continue;
        if (views[0] === 'stuck') found++;
        break;
      }
    }
    assert.ok(found >= 9, `${name}: told in ${found} of 10 runs`);
    assert.ok(falsely <= 2, `${name}: ${falsely} false alarms of that view in 46,000 samples`);
  }
});

test('a dead channel is told once, and a spike in the channel beside it is still told', async () => {
  let told = 0;
  for (let seed = 1; seed <= 20; seed++) {
    const random = new Random(seed);
    const detector = await createDetector({ channels: 2 });
    const alarms: number[] = [];
    for (let t = 0; t < 6000; t++) {
      const spike = t === 5000 ? 20 : 0;
      const { alarm, channels } = detector.observe([t < 2000 ? 5 + random.normal() : NaN, 20 + random.normal() + spike]);
      if (alarm) alarms.push(t);
      if (t > 2100) assert.is(channels[0], 0, `seed ${seed}, sample ${t}`);
    }
    assert.is(alarms.filter((t) => t >= 2000 && t < 2020).length, 1, `seed ${seed}: ${alarms}`);
    assert.ok(alarms.filter((t) => t >= 2020 && t !== 5000).length <= 1, `seed ${seed}: ${alarms}`);
    if (alarms.includes(5000)) told++;
  }
  assert.ok(told >= 19, `the spike was told in ${told} of 20 runs`);
});

test('a channel that comes back and dies again is told again', async () => {
  const random = new Random(3);
  const detector = await createDetector({ channels: 2 });
  const alarms: number[] = [];
  for (let t = 0; t < 6000; t++) {
    const isDead = (t >= 2000 && t < 2500) || t >= 5000;
    if (detector.observe([isDead ? NaN : random.normal(), random.normal()]).alarm) alarms.push(t);
  }
  for (const from of [2000, 5000]) assert.is(alarms.filter((t) => t >= from && t < from + 20).length, 1, `${alarms}`);
});

test('a device that is off at night alarms about once a night', async () => {
  const [day, off, nights] = [288, 96, 40];
  for (let seed = 1; seed <= 5; seed++) {
    const random = new Random(seed);
    const detector = await createDetector();
    let alarms = 0;
    for (let t = 0; t < day * nights; t++) if (detector.observe(t % day >= day - off ? NaN : 20 + random.normal()).alarm) alarms++;
    assert.ok(alarms <= 1.1 * nights, `seed ${seed}: ${alarms} alarms in ${nights} nights`);
  }
});

test('a small alarm does not silence a total failure soon after it', async () => {
  for (let seed = 1; seed <= 10; seed++) {
    const random = new Random(seed);
    const detector = await createDetector();
    const alarms: number[] = [];
    for (let t = 0; t < 3200; t++) {
      const x = t >= 3040 && t < 3080 ? 0 : 20 + 0.2 * random.normal() + (t === 3000 ? 2 : 0);
      if (detector.observe(x).alarm) alarms.push(t);
    }
    assert.equal(alarms.filter((t) => t >= 3000), [3000, 3040], `seed ${seed}`);
  }
});

test('within the hold only what is suddenly twice as bad is told; what grows is told once', async () => {
  for (let seed = 1; seed <= 10; seed++) {
    const random = new Random(seed);
    const detector = await createDetector({ hold: 500 });
    let [held, worst, broken] = [0, 0, 0];
    const alarms: number[] = [];
    for (let t = 0; t < 6000; t++) {
      const ramp = t >= 5000 && t < 5040 ? 0.5 * (t - 5000) : 0;
      const { alarm, score } = detector.observe(random.normal() + (t === 3000 ? 8 : t === 3020 || t === 3040 ? 12 : t === 3060 ? 80 : 0) + ramp);
      const isSudden = score >= 2 * worst;
      if (Math.abs(score - 2 * worst) > 0.001) assert.is(alarm, score > 1 && (held === 0 || isSudden), `seed ${seed}, sample ${t}`);
      if (alarm) alarms.push(t);
      if (alarm && held > 0) broken++;
      worst = alarm ? score : Math.max(worst * (1 - 1 / 500), score); // it fades over the hold
      held = alarm ? 500 : Math.max(0, held - 1);
    }
    assert.ok(broken > 0, `seed ${seed}: nothing broke a hold`);
    assert.is(alarms.filter((t) => t >= 5000 && t < 5100).length, 1, `seed ${seed}: ${alarms}`);
  }
});

test.run();
