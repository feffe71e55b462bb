import { LAYERS, type Layers } from './turns.js';

/** Topics of a fleet, for MQTT 3.1.1 and 5. NATS closes a connection for a dot or a space in a topic, so names are checked here, before anything is published. */
export interface Topics {
  /** Retained: a `model` message. */
  readonly model: string;
  /** Retained: JSON, `RoundAnnouncement`. */
  readonly round: string;
  /** Retained: a `prototypes` message, those of the fleet. Only where the aggregator was told so. */
  readonly prototypes: string;
  /** Retained, with a last will: JSON, `DeviceStatus`. */
  status(device: string): string;
  /** Not retained: an `update` message. */
  update(device: string): string;
  /** Not retained: a `prototypes` message, the device's own. */
  prototypesOf(device: string): string;
  /** Not retained: an `observations` message. */
  observations(device: string): string;
  /** Not retained: JSON, `Report`. */
  report(device: string): string;
  /** Not retained: a `model` message that a canary is to test before it goes to all. */
  trial(device: string): string;
  /** Not retained: JSON, what a device says of masks, and the aggregator to all and to one. */
  masksOf(device: string): string;
  readonly masks: string;
  shares(device: string): string;
  /** Retained: JSON, `Standing`. */
  readonly standing: string;
  /** Not retained: JSON, `OperatorRequest`, and the aggregator's `OperatorAnswer`. */
  readonly operator: string;
  readonly answer: string;
}

/** The announcement of the round that is open. */
export interface RoundAnnouncement {
  round: number;
  /** Milliseconds from when this was said until the round ends with whoever came, if they are enough. A duration: clocks of two machines agree in nothing. */
  endsIn: number;
  /** Counts how often the aggregator has asked for updates: an announcement with the same number tells the time that is left, and nothing else. -1 where it does not say. */
  call: number;
  /** Samples after which a device shall send what it made of the model. */
  examples: number;
  /** Devices and examples without which the round goes on. */
  minDevices: number;
  minExamples: number;
  /** Of the aggregator that says so: the one that was started last has the largest, and the others stop. */
  boot: number;
  /** True if it hands out prototypes. */
  prototypes: boolean;
  /** The layers that it asks for: of members that know nothing of turns it takes all. */
  layers: Layers;
  /** True if updates are to come under masks. */
  masks: boolean;
  /** True if no update is asked for any more: a private fleet has spent its epsilon. */
  over: boolean;
}

/** Of an aggregator of before, which tells a time of its own clock. */
const UNTOLD_MS = 60_000;

/** A boot is a time in milliseconds, or one more than another's. One beyond leaves no larger number for who comes next, so it is nobody's. */
const LAST_BOOT = 2 ** 52;

/** The contents of `round`, if it is in order: it comes from outside. */
export function announcement(payload: Uint8Array): RoundAnnouncement | undefined {
  if (payload.length > 1024) return undefined;
  try {
    const { round, endsIn = UNTOLD_MS, call = -1, examples, minDevices, minExamples, boot, prototypes, layers, masks, over } = JSON.parse(new TextDecoder().decode(payload)) as Record<keyof RoundAnnouncement, unknown>;
    const all = [round, endsIn, examples, minDevices, minExamples, boot];
    if (!all.every((value): value is number => typeof value === 'number' && Number.isSafeInteger(value) && value >= 0)) return undefined;
    const [r, t, e, d, m, b] = all as number[];
    if (b! > LAST_BOOT) return undefined;
    return { round: r!, endsIn: t!, call: Number.isSafeInteger(call) ? (call as number) : -1, examples: e!, minDevices: d!, minExamples: m!, boot: b!, prototypes: prototypes === true, layers: LAYERS.find((each) => each === layers) ?? 'all', masks: masks === true, over: over === true };
  } catch {
    return undefined;
  }
}

/** The status of a device, from it or from the broker in its place. */
export interface DeviceStatus {
  online: boolean;
  /** Differs from start to start, so that a late will of an old connection is known for one. */
  boot: number;
  /** Greater than that of every device of this name that was there before: of two, the one that came later stays, whatever their clocks say. Where it is absent, `boot`. */
  rank: number;
}

/** The contents of a status, if it is in order: it comes from outside. */
export function deviceStatus(payload: Uint8Array): DeviceStatus | undefined {
  try {
    const status = JSON.parse(new TextDecoder().decode(payload.subarray(0, 1024))) as Record<keyof DeviceStatus, unknown> | null;
    if (typeof status?.online !== 'boolean' || typeof status.boot !== 'number') return undefined;
    return { online: status.online, boot: status.boot, rank: typeof status.rank === 'number' ? status.rank : status.boot };
  } catch {
    // as good as none
  }
  return undefined;
}

/**
 * A name in a topic: of a fleet or a device.
 * @throws TypeError, RangeError for anything but 1 to 64 letters, digits, `_` and `-`
 */
export function checkSegment(parameter: string, value: string): void {
  if (typeof value !== 'string') throw new TypeError(`${parameter}: expected a string, got ${typeof value}`);
  if (!/^[A-Za-z0-9_-]{1,64}$/.test(value)) throw new RangeError(`${parameter}: got '${value.slice(0, 80)}'; expected 1 to 64 letters, digits, _ and -`);
}

export function topicsOf(fleet: string): Topics {
  checkSegment('fleet', fleet);
  const root = `onward/v1/${fleet}`;
  const of = (what: string) => (device: string): string => {
    if (device !== '+') checkSegment('device', device);
    return `${root}/dev/${device}/${what}`;
  };
  return { model: `${root}/model`, round: `${root}/round`, status: of('status'), update: of('update'), prototypes: `${root}/prototypes`, prototypesOf: of('prototypes'), observations: of('obs'), report: of('report'), trial: of('trial'), masksOf: of('masks'), masks: `${root}/masks`, shares: of('shares'), standing: `${root}/standing`, operator: `${root}/operator`, answer: `${root}/answer` };
}

/** The device of a topic: who may write there is the broker's to know, so this is whom a message is from. */
export function deviceOf(topic: string): string {
  return topic.split('/').at(-2)!;
}
