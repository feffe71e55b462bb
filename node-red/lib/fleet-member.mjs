// The model's side of a fleet: a connection of its own to the broker, and what a badge needs to know.

import { createHash } from 'node:crypto';
import { FleetDevice, connectDevice, disconnectDevice } from 'onward/fleet';

/** Names of members that are counted: a broker retains what anybody writes. */
const MOST_MEMBERS = 10_000;
/** For the last update of a model that is kept in memory only. */
const PARTING_MS = 1000;
/** What the broker node of Node-RED knows that a connection needs; client id, session and last will are this member's own. */
const OF_BROKER = ['username', 'password', 'protocolVersion', 'keepalive', 'ca', 'cert', 'key', 'passphrase', 'servername', 'rejectUnauthorized', 'ALPNProtocols'];

/** @typedef {import('onward/fleet').FleetDevice} Device */
/** @typedef {Awaited<ReturnType<typeof connectDevice>>} Client */
/**
 * @typedef {object} Told
 * @property {() => void} onChange of what `progress` says
 * @property {() => void} onModel
 * @property {(error: Error) => void} onError
 */

export class FleetMember {
  /** @type {import('./learner-model.mjs').LearnerModel} */ #model;
  /** @type {Client} */ #client;
  /** @type {Device | undefined} */ #device;
  /** @type {Map<string, boolean>} */ #online = new Map();
  #fleet = '';
  #error = '';
  /** @type {Told} */ #told;

  /**
   * @param {import('./learner-model.mjs').LearnerModel} model
   * @param {{ fleet: string, device: string, broker: { brokerurl: string, usetls?: boolean, options: Record<string, any> } }} where
   * @param {Told} told
   * @throws what cannot be: a name, an address, a model with a memory
   */
  static async join(model, { fleet, device: id, broker }, told) {
    const options = Object.fromEntries(OF_BROKER.filter((name) => broker.options?.[name] !== undefined).map((name) => [name, broker.options[name]]));
    if (!broker.usetls) delete options['rejectUnauthorized']; // false there, where nobody was asked
    const client = await connectDevice(broker.brokerurl, { ...options, fleet, id });
    const member = new FleetMember(model, client, fleet, told);
    try {
      await model.join((learner, kept, store) => member.#enter(learner, kept, store, { fleet, id }), createHash('sha256').update(id).digest().readUInt32LE());
    } catch (error) {
      await disconnectDevice(client);
      throw error;
    }
    return member;
  }

  /**
   * @param {import('./learner-model.mjs').LearnerModel} model
   * @param {Client} client
   * @param {string} fleet
   * @param {Told} told
   */
  constructor(model, client, fleet, told) {
    this.#model = model;
    this.#client = client;
    this.#fleet = fleet;
    this.#told = told;
    const states = `onward/v1/${fleet}/dev/+/status`;
    client.on('connect', () => {
      this.#error = '';
      client.subscribe(states, { qos: 1 }, () => {}); // rules of a broker may forbid it: then members are not counted
      told.onChange();
    });
    client.on('close', told.onChange);
    client.on('error', (error) => this.#fail(error));
    client.on('message', (topic, payload) => this.#count(topic, payload));
  }

  /** Round -1 before the first model; members that are online, this one among them; the last error, '' where all is well. */
  get progress() {
    const { round = -1, models = 0, updates = 0, stranded = 0, refused = 0 } = this.#device?.counts() ?? {};
    const members = [...this.#online.values()].filter(Boolean).length;
    return { round, models, updates, stranded, refused, members, connected: this.#client.connected, isOver: this.#device?.isOver === true, error: this.#error };
  }

  /** @param {boolean} forever the node is taken away, and not only deployed again */
  async close(forever) {
    const device = this.#model.leave(forever);
    if (forever) await device?.flush(AbortSignal.timeout(PARTING_MS));
    this.#told = { onChange() {}, onModel() {}, onError() {} };
    await disconnectDevice(this.#client);
  }

  /**
   * @param {import('onward').Learner} learner
   * @param {Uint8Array | undefined} kept
   * @param {Pick<import('onward').Store, 'save'> | undefined} store
   * @param {{ fleet: string, id: string }} names
   */
  async #enter(learner, kept, store, names) {
    // or the client would leave out the new device's subscriptions, and the broker what it retains
    if (this.#device && this.#client.connected) await this.#client.unsubscribeAsync(['model', 'round'].map((topic) => `onward/v1/${this.#fleet}/${topic}`));
    const options = {
      ...names,
      ...(store ? { store, onError: (/** @type {Error} */ error) => this.#fail(error) } : {}),
      onModel: () => {
        this.#error = '';
        this.#told.onModel();
        this.#told.onChange();
      },
      onRefused: (/** @type {string} */ reason, /** @type {string | undefined} */ detail) => this.#fail(new Error(refusalText(this.#fleet, reason, detail))),
    };
    return (this.#device = kept ? await FleetDevice.restore(this.#client, kept, options, learner) : new FleetDevice(this.#client, learner, options));
  }

  /** @param {Error} error */
  #fail(error) {
    const text = error.message || String(/** @type {any} */ (error).code);
    const isNew = text !== this.#error; // a broker that is away says so every second
    this.#error = text;
    if (isNew) this.#told.onError(new Error(text));
    this.#told.onChange();
  }

  /**
   * @param {string} topic
   * @param {Uint8Array} payload
   */
  #count(topic, payload) {
    const [, name] = /\/dev\/([^/]+)\/status$/.exec(topic) ?? [];
    if (name === undefined || (!this.#online.has(name) && this.#online.size >= MOST_MEMBERS)) return;
    this.#online.set(name, /"online":\s*true/.test(new TextDecoder().decode(payload.subarray(0, 1024))));
    this.#told.onChange();
  }
}

/**
 * @param {string} fleet
 * @param {string} reason
 * @param {string} [detail]
 */
function refusalText(fleet, reason, detail) {
  if (reason === 'foreign') return `another shape or labels than fleet ${fleet} has (${detail ?? 'no detail'}): give the model the inputs, labels and units of the fleet, and another folder or msg.command "reset"`;
  return `a message of fleet ${fleet} was not taken: ${reason}${detail ? `, ${detail}` : ''}`;
}
