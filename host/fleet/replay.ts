import type { Learner } from '../learner.js';
import { decodeMessage } from './message.js';
import { decodeObservations } from './observations.js';
import { topicsOf } from './topics.js';

/** Counts of samples that a replay learned, and of those it could not. */
export interface ReplayCounts {
  /** Samples learned. */
  samples: number;
  /** Samples that it had learned: of messages that came again (QoS 1 may repeat them), or older than its snapshot. */
  known: number;
  /** Samples that are missing, by their numbers: the learner is not the live one. */
  missing: number;
  /** Messages that are none, or are of another shape. */
  refused: number;
}

/**
 * One device's recorded observations, in the order in which they were sent, into a learner: it ends with the bytes of the learner that was there when they were
 * recorded, if it began with the same. Workers share nothing, so any number of them, each with devices of its own, gives what one gives.
 */
export async function replay(messages: AsyncIterable<Uint8Array> | Iterable<Uint8Array>, learner: Learner): Promise<ReplayCounts> {
  const { architecture, inputs, labels } = learner;
  const counts: ReplayCounts = { samples: 0, known: 0, missing: 0, refused: 0 };
  for await (const bytes of messages) {
    const message = decodeMessage(bytes);
    if (typeof message === 'string' || message.kind !== 'observations' || message.architecture !== architecture) {
      counts.refused++;
      continue;
    }
    const observations = decodeObservations(message.body, inputs, labels.length);
    if (observations === undefined) {
      counts.refused++;
      continue;
    }
    const known = Math.min(observations.length, Math.max(0, learner.seen + counts.missing - message.sequence));
    counts.known += known;
    if (known === observations.length) continue;
    counts.missing += Math.max(0, message.sequence - learner.seen - counts.missing);
    for (const { x, label } of observations.slice(known)) learner.learn(x, labels[label]!);
    counts.samples += observations.length - known;
  }
  return counts;
}

/** The part of a JetStream client that is used (`jetstream()` of @nats-io/jetstream 3): handed in, so that nothing needs to be installed here. */
export interface JetStreamLike {
  consumers: {
    /** An ordered consumer of a stream. */
    get(stream: string, options: { filter_subjects: string }): Promise<{
      /** How many messages it has before it. */
      info(): Promise<{ num_pending: number }>;
      /** Its messages, from the first on. */
      consume(): Promise<AsyncIterable<{ data: Uint8Array; info: { pending: number } }>>;
    }>;
  };
}

/** The subject under which JetStream sees a device's observations, for a stream's `subjects`; `*` for all devices. */
export function observationsSubject(fleet: string, device: string): string {
  return (device === '*' ? topicsOf(fleet).observations('+').replace('+', '*') : topicsOf(fleet).observations(device)).replaceAll('/', '.');
}

/** A device's messages of a stream, from its first to the last there is now, through an ordered consumer: nothing is acknowledged, and every reader reads all. */
export async function* recorded(js: JetStreamLike, stream: string, fleet: string, device: string): AsyncGenerator<Uint8Array> {
  const consumer = await js.consumers.get(stream, { filter_subjects: observationsSubject(fleet, device) });
  if ((await consumer.info()).num_pending === 0) return;
  for await (const { data, info } of await consumer.consume()) {
    yield data;
    if (info.pending === 0) return;
  }
}
