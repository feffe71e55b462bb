import type { MqttClient } from 'mqtt';

export { connectMqtt } from '../sources/mqtt-client.js';

/** How messages are published. */
export interface MqttSinkOptions {
  /** Quality of service: 0 at most once, 1 at least once, 2 exactly once. Default 0. */
  qos?: 0 | 1 | 2;
  /** The broker keeps the newest for those who come later. Default false. */
  retain?: boolean;
  /** Messages that may be on their way, 1 or more; beyond, and while the broker is away, a new one is dropped and counted. Default 1000. */
  queue?: number;
}

/** Publishes values as JSON on one topic: predictions, statistics. Never waits and never throws for a broker: a prediction is worth nothing later. */
export class MqttSink {
  readonly topic: string;
  readonly #client: MqttClient;
  readonly #options: Required<MqttSinkOptions>;
  readonly #onTheirWay = new Set<object>();
  #published = 0;
  #dropped = 0;

  constructor(client: MqttClient, topic: string, { qos = 0, retain = false, queue = 1000 }: MqttSinkOptions = {}) {
    if (typeof client?.publish !== 'function') throw new TypeError('client: expected what connectMqtt or mqtt.connect gives');
    if (typeof topic !== 'string') throw new TypeError(`topic: expected a string, got ${typeof topic}`);
    if (topic === '' || /[+#\0]/.test(topic)) throw new RangeError(`topic: got '${topic}'; expected one topic, without + and #`);
    if (!Number.isInteger(queue) || queue < 1) throw new RangeError(`options.queue: got ${queue}; expected a whole number from 1`);
    this.topic = topic;
    this.#client = client;
    this.#options = { qos, retain, queue };
    client.on('close', this.#forget);
  }

  /** True if the connection took it. */
  write(value: unknown): boolean {
    const { qos, retain, queue } = this.#options;
    if (!this.#client.connected || this.#onTheirWay.size >= queue) {
      this.#dropped++;
      return false;
    }
    const message = {};
    this.#onTheirWay.add(message);
    this.#client.publish(this.topic, JSON.stringify(value), { qos, retain }, (error) => {
      if (!this.#onTheirWay.delete(message)) return; // counted when the connection broke
      if (error) this.#dropped++;
      else this.#published++;
    });
    return true;
  }

  /** Messages the broker has, that were given up, and that are on their way. */
  counts(): { published: number; dropped: number; waiting: number } {
    return { published: this.#published, dropped: this.#dropped, waiting: this.#onTheirWay.size };
  }

  /** Resolves when what is on its way is out. The client stays the caller's. */
  async close(): Promise<void> {
    while (this.#onTheirWay.size > 0) await new Promise((resolve) => setTimeout(resolve, 10));
    this.#client.off('close', this.#forget);
  }

  /** A broken connection may never call back for what was on its way. */
  readonly #forget = (): void => {
    this.#dropped += this.#onTheirWay.size;
    this.#onTheirWay.clear();
  };
}
