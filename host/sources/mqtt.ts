import type { MqttClient } from 'mqtt';
import { BoundedQueue } from './bounded-queue.js';
import { JsonSamples, isLateLabel, tellLate, type JsonFields, type LateLabel, type SampleForm } from './json-sample.js';
import { refusal } from './mqtt-client.js';
import type { Sample } from './sample.js';

export type { LateLabel, SampleForm } from './json-sample.js';
export { connectMqtt } from './mqtt-client.js';

/** Settings of an MQTT source: topics, the form of a sample, and how many samples may wait. */
export interface MqttSourceOptions extends JsonFields {
  /** Messages that may wait for the reader, 1 or more; beyond, the oldest is dropped and counted. Default 1000. */
  queue?: number;
  /** Bytes of a payload, 1 or more; a larger one is refused before it is parsed. Default 65536. */
  maxBytes?: number;
  /** The best quality of service to ask for. Default 1: as good as the sender's, but not slower than twice the messages. */
  qos?: 0 | 1 | 2;
  /** Called for labels that come by themselves, `{"id": 7, "y": "idle"}` on any of the topics, in their order among the samples. */
  onLabel?: (id: string | number, label: string) => void;
  /** Called when the broker has agreed to the topics: at first, and after every reconnection. */
  onSubscribed?: () => void;
  /** Called for payloads that are no samples. */
  onRefused?: (error: Error, topic: string) => void;
  /** Ends the reading. */
  signal?: AbortSignal;
}

/** Counts of messages taken, dropped and refused so far. */
export interface MqttCounts {
  /** Messages that came. */
  received: number;
  /** Messages that gave way to newer ones. */
  dropped: number;
  /** Lines of payloads that were no samples, and payloads too large. */
  refused: number;
  /** Messages left out because the broker had retained them: nobody knows how old they are, and every reconnection repeats them. */
  retained: number;
  /** Messages that wait now. */
  waiting: number;
}

/**
 * Samples from topics (`+` and `#` allowed): a payload is one JSON object or several, one a line, as `ndjson` reads them, with `id` as the field that
 * names a sample; or, of one topic, plain numbers: `21.5` or `21.5,40`. `group` is the topic.
 *
 * A broker that goes away is waited for; what the learner has learned does not depend on it. The iteration ends with `close()`,
 * and fails when the signal is aborted or when the broker refuses the connection or a topic. It can be iterated once.
 */
export class MqttSource implements AsyncIterable<Sample> {
  readonly #client: MqttClient;
  readonly #options: MqttSourceOptions;
  readonly #topics: string[];
  readonly #maxBytes: number;
  readonly #queue: BoundedQueue<{ topic: string; payload: Uint8Array }>;
  readonly #samples: JsonSamples;
  /** The topic of bare numbers. */
  #bare: string | undefined;
  #received = 0;
  #refused = 0;
  #retained = 0;

  /** Subscribes as soon as the client is connected. The client stays the caller's: `end` it after `close`. */
  constructor(client: MqttClient, topics: string | readonly string[], options: MqttSourceOptions = {}) {
    const { maxBytes = 65536, queue = 1000, signal } = options;
    if (typeof client?.subscribe !== 'function') throw new TypeError('client: expected what connectMqtt or mqtt.connect gives');
    if (!Number.isInteger(maxBytes) || maxBytes < 1) throw new RangeError(`options.maxBytes: got ${maxBytes}; expected a whole number from 1`);
    this.#client = client;
    this.#topics = typeof topics === 'string' ? [topics] : [...topics];
    if (this.#topics.length === 0) throw new RangeError('topics: there are none; give at least one');
    this.#options = options;
    this.#maxBytes = maxBytes;
    this.#queue = new BoundedQueue(queue);
    this.#samples = new JsonSamples({ id: 'id', ...options });
    client.on('message', this.#take);
    client.on('error', this.#fail);
    client.on('connect', this.#subscribe);
    if (client.connected) this.#subscribe();
    signal?.addEventListener('abort', this.#abort, { once: true });
    if (signal?.aborted) this.#abort();
  }

  /** The numeric fields in their order, once they are known; undefined where samples are `x`. */
  get fields(): readonly string[] | undefined {
    return this.#samples.fields;
  }

  /** Form of the samples, known once the first good one has come. */
  get form(): SampleForm | undefined {
    return this.#samples.form;
  }

  /** The next sample decides anew what they look like. */
  restart(): void {
    this.#samples.restart();
  }

  /** Counters since the source was opened. */
  counts(): MqttCounts {
    return { received: this.#received, dropped: this.#queue.dropped, refused: this.#refused, retained: this.#retained, waiting: this.#queue.waiting };
  }

  /** No more samples: what waits is still given, then the iteration ends. */
  close(): void {
    this.#client.off('message', this.#take);
    this.#client.off('connect', this.#subscribe);
    this.#options.signal?.removeEventListener('abort', this.#abort);
    // in a lasting session the broker shall keep what comes while this program is away
    if (this.#client.connected && this.#client.options.clean !== false) this.#client.unsubscribe(this.#topics, () => {});
    this.#queue.end();
  }

  /** Samples in the order in which they came; ends with `close` or the signal. */
  async *[Symbol.asyncIterator](): AsyncGenerator<Sample> {
    const decoder = new TextDecoder('utf-8', { fatal: true });
    try {
      for await (const { topic, payload } of this.#queue) {
        let text = '';
        try {
          text = decoder.decode(payload);
        } catch (cause) {
          this.#refuse(new Error('the payload is not UTF-8', { cause }), topic);
        }
        const lines = text.split('\n');
        for (const [i, line] of lines.entries()) {
          if (line.trim() === '') continue;
          const item = this.#parse(line, lines.length > 1 ? `line ${i + 1} of the payload` : 'the payload', topic);
          if (item === undefined) continue;
          if (isLateLabel(item)) tellLate(item, this.#options);
          else yield { ...item, group: topic };
        }
      }
    } finally {
      this.close();
    }
  }

  #parse(line: string, where: string, topic: string) {
    try {
      return this.#sampleOf(line, where, topic);
    } catch (error) {
      this.#refuse(error as Error, topic);
      return undefined;
    }
  }

  /** Bare numbers come from one topic only: those of two would be one stream, and nothing says which is which. */
  #sampleOf(line: string, where: string, topic: string): Sample | LateLabel | undefined {
    if (/^\s*[{[]/.test(line)) return this.#samples.parse(line, where);
    if (this.#bare !== undefined && this.#bare !== topic) throw new Error(`${where} is no JSON object, and bare numbers come from ${this.#bare}: send JSON, or read one topic`);
    const sample = this.#samples.parseLine(line, where, false);
    this.#bare = topic;
    return sample;
  }

  #refuse(error: Error, topic: string): void {
    this.#refused++;
    this.#options.onRefused?.(error, topic);
  }

  // A connection's own renewal of subscriptions may have a session of the broker in between; asking twice for a topic is harmless.
  readonly #subscribe = (): void => {
    const five = this.#client.options.protocolVersion === 5;
    // nl: what this client publishes itself, predictions for one, does not come back to it
    this.#client.subscribe(this.#topics, { qos: this.#options.qos ?? 1, ...(five ? { nl: true, rh: 2 } : {}) }, (error, granted) => {
      // the client puts the broker's answer beside its error; an error without one is of a connection that has gone again, and passes
      const codes = (error as { packet?: { granted?: number[] } } | null)?.packet?.granted ?? granted?.map(({ qos }) => qos) ?? [];
      if (codes.some((code) => code > 2)) this.#queue.fail(new Error(`mqtt: the broker refuses ${this.#topics.length > 1 ? 'a topic of' : 'the topic'} ${this.#topics.join(', ')}: check its access rules`));
      else if (error && /Invalid topic/.test(error.message)) this.#queue.fail(new Error(`mqtt: ${error.message}`, { cause: error }));
      else if (!error) this.#options.onSubscribed?.();
    });
  };

  readonly #take = (topic: string, payload: Uint8Array, { retain }: { retain?: boolean }): void => {
    this.#received++;
    if (retain) this.#retained++;
    else if (payload.length > this.#maxBytes) this.#refuse(new Error(`the payload has ${payload.length} bytes, allowed are ${this.#maxBytes}`), topic);
    else this.#queue.push({ topic, payload });
  };

  readonly #fail = (error: Error): void => {
    const fatal = refusal(error);
    if (fatal !== undefined) this.#queue.fail(fatal);
  };

  readonly #abort = (): void => {
    this.#queue.clear();
    this.#queue.fail(this.#options.signal!.reason);
    this.close();
  };
}
