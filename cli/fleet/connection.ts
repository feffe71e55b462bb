import type { MqttClient } from 'mqtt';
import { TAKEN_OVER } from '../../host/fleet/connect.js';
import { checkSegment } from '../../host/fleet/topics.js';
import { UsageError, type Arguments, type Option } from '../arguments.js';
import { BROKER_URL } from '../broker.js';
import { count, plain } from '../terminal.js';

/** The place where a fleet is found, for all who take part. */
export const FLEET_OPTIONS: Record<string, Option> = {
  broker: { value: 'URL', help: 'mqtt://[user:password@]host[:port] (mqtts, ws and wss too)' },
  fleet: { value: 'NAME', help: 'letters, digits, _ and -' },
};

export function fleetOf(args: Arguments, names: readonly string[] = ['broker', 'fleet']): string[] {
  return names.map((name) => {
    const value = args.text(name);
    if (value === undefined) throw new UsageError(`--${name} ${name === 'broker' ? 'URL' : 'NAME'} is missing`);
    if (name !== 'broker') segment(name, value);
    else checkBroker(value);
    return value;
  });
}

/** A text that may hold a password is not repeated. */
export function checkBroker(url: string): void {
  if (!BROKER_URL.test(url)) throw new UsageError(`--broker must be such as mqtt://host:1883, got ${url.includes('@') ? 'something else' : url.slice(0, 80)}`);
}

function segment(name: string, value: string): void {
  try {
    checkSegment(`--${name}`, value);
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}

/** To stderr: stdout belongs to the records. What others wrote gets no control character to a terminal. */
export function speaker(args: Arguments): (text: string) => void {
  return (text) => void (args.has('quiet') || process.stderr.write(`onward: ${plain(text).slice(0, 500)}\n`));
}

const SPELL_MS = 10_000;

/** For a member that waits: after ten seconds, where to look. */
export function hintWhileWaiting(client: MqttClient, fleet: string, say: (text: string) => void): NodeJS.Timeout {
  const hint = (): void => client.connected ? say(`still no model of fleet ${fleet}: does onward fleet aggregate --fleet ${fleet} run on this broker, and may this member read it?`) : undefined;
  return setTimeout(hint, SPELL_MS);
}

const MOST_TOLD = 3;

/** Models that follow each other fast are not told of one by one: the first three, then one in ten seconds at most, with how many there were. */
export function roundTeller(say: (text: string) => void): (round: number) => void {
  let [models, told, untold] = [0, 0, 0];
  return (round) => {
    if (models++ >= MOST_TOLD && performance.now() - told < SPELL_MS) return void untold++;
    told = performance.now();
    const more = models === MOST_TOLD ? '; from here on one model in ten seconds is named at most' : untold > 0 ? `, and ${count(untold)} before it that are not named` : '';
    untold = 0;
    say(`the model of round ${round}${more}`);
  };
}

/** Another has taken this member's place. */
export function whenTakenOver(client: MqttClient, end: (error: Error) => void): void {
  client.on('error', (error: Error & { code?: unknown }) => {
    if (error.code === TAKEN_OVER) end(error);
  });
}

/** Why a member does not take a model, and what to do. */
export function notTaken(reason: string, detail: string | undefined, remedy: string): Error {
  if (reason === 'unsigned' || reason === 'forged') return new Error(`a model is refused, ${reason}: ${reason === 'unsigned' ? 'it has no signature' : 'its signature is of another key, or it was changed since'}; --model-key says whose models are taken`);
  if (reason === 'older') return new Error('a model is refused, older: it was signed, but for an earlier round; somebody hands it out again');
  return new Error(reason === 'foreign' ? `the fleet's model has another shape or other labels than this member${detail ? ` (${detail})` : ''}: ${remedy}` : `a message was not taken: ${reason}`);
}

/** When a source ends or a signal came: how long samples that no update has carried yet may wait for a round. */
export const WAIT_OPTION: Record<string, Option> = { wait: { value: 'S', help: 'when the source has ended, wait so long at most for a round that takes the rest (default 120)' } };
const PARTING_MS = 1000;
/** From a signal to the end of a member or an aggregator: the last update and the goodbye to a broker that does not answer take three seconds. */
export const FLEET_FAREWELL_MS = 5000;

export function waitOf(args: Arguments): number {
  return args.number('wait', 0, 1e6) ?? 120;
}

/** The word of a member, at its end, about samples that no update has carried. @param later what becomes of them where the fleet still takes updates */
export function unsentText(samples: number, isOver: boolean, later: string): string {
  return isOver ? `${count(samples)} samples learned went into no update: the fleet takes no more, since its epsilon is spent` : `${count(samples)} samples learned went into no update${later}`;
}

/** The word of a member, at its end, about samples that no sum has. @param isKept whether a store has its last update */
export function strandedText(samples: number, isKept: boolean): string {
  return `${count(samples)} samples learned are in updates that did not go out${isKept ? '; the last of them does at the next start, if its round is still open then' : ''}`;
}

/** Sends what is left. @param stopped whether a signal came: then nothing is waited for but the broker's answer */
export async function sendTheRest(member: { flush(signal?: AbortSignal): Promise<number> }, seconds: number, stopped: AbortSignal, say: (text: string) => void, why = 'the source has ended'): Promise<number> {
  if (stopped.aborted) return member.flush(AbortSignal.timeout(PARTING_MS));
  const notice = setTimeout(() => say(`${why}; waiting up to ${seconds} s for a round that takes what is left`), PARTING_MS);
  try {
    return await member.flush(AbortSignal.any([stopped, AbortSignal.timeout(1000 * seconds)]));
  } finally {
    clearTimeout(notice);
  }
}
