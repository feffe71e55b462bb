// The model's side of a fleet: a connection of its own to the broker, and what a badge needs to know.

import { createHash } from 'node:crypto';
import { FleetDevice, TAKEN_OVER, connectDevice, disconnectDevice } from 'onward/fleet';

/** Names of members that are counted: a broker retains what anybody writes. */
const MOST_MEMBERS = 10_000;
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
  /** The one that it made last. @type {Device | undefined} */ #device;
  /** @type {import('./membership.mjs').Seat} */ #seat;
  /** @type {Map<string, boolean>} */ #online = new Map();
  #fleet = '';
  /** Of the connection; of the device, until the next model; and the last word, where another has this one's name. */
  #errors = { connection: '', device: '', end: '' };
  /** @type {Told} */ #told;

  /**
   * @param {import('./learner-model.mjs').LearnerModel} model
   * @param {{ fleet: string, device: string, broker: { brokerurl: string, usetls?: boolean, options: Record<string, any> } }} where
   * @param {Told} told
   * @throws what cannot be: a name, an address, a model with a memory
   */
  static async join(model, { fleet, device: id, broker }, told) {
    const options = Object.fromEntries(OF_BROKER.filter((name) => broker.options?.[name] !== undefined).map((name) => [name, broker.options[name]]));
    if (options['protocolVersion'] === 3) options['protocolVersion'] = 4; // "legacy" there: it would need another protocolId, and brokers that know no more are gone
    if (!broker.usetls) delete options['rejectUnauthorized']; // false there, where nobody was asked
    model.checkMember(); // before the fleet hears of it
    const client = await connectDevice(broker.brokerurl, { ...options, fleet, id });
    const member = new FleetMember(model, client, { fleet, id }, told);
    try {
      await model.join(member.#seat);
    } catch (error) {
      await disconnectDevice(client);
      throw error;
    }
    return member;
  }

  /**
   * @param {import('./learner-model.mjs').LearnerModel} model
   * @param {Client} client
   * @param {{ fleet: string, id: string }} names
   * @param {Told} told
   */
  constructor(model, client, names, told) {
    const { fleet, id } = names;
    this.#model = model;
    this.#client = client;
    this.#fleet = fleet;
    this.#told = told;
    this.#seat = {
      seed: createHash('sha256').update(id).digest().readUInt32LE(),
      begin: (learner, store) => (this.#device = new FleetDevice(client, learner, this.#options(names, store))),
      resume: async (learner, bytes, store) => (this.#device = await FleetDevice.restore(client, bytes, this.#options(names, store), learner)),
    };
    const states = `onward/v1/${fleet}/dev/+/status`;
    client.on('connect', () => {
      this.#errors.connection = '';
      client.subscribe(states, { qos: 1 }, () => {}); // rules of a broker may forbid it: then members are not counted
      told.onChange();
    });
    client.on('close', told.onChange);
    client.on('error', (error) => this.#fail(/** @type {any} */ (error).code === TAKEN_OVER ? 'end' : 'connection', error));
    client.on('message', (topic, payload) => this.#count(topic, payload));
  }

  /** Round -1 before the first model; members that are online, this one among them; the last error, '' where all is well. */
  get progress() {
    const { round = -1, models = 0, updates = 0, stranded = 0, refused = 0 } = this.#device?.counts() ?? {};
    const { end, connection, device } = this.#errors;
    const members = [...this.#online.values()].filter(Boolean).length;
    return { round, models, updates, stranded, refused, members, connected: this.#client.connected, isOver: this.#device?.isOver === true, error: end || connection || device };
  }

  /** @param {boolean} forever the node is taken away, and not only deployed again */
  async close(forever) {
    try {
      await this.#model.leave(this.#seat, forever);
    } finally {
      this.#told = { onChange() {}, onModel() {}, onError() {} };
      await disconnectDevice(this.#client);
    }
  }

  /**
   * @param {{ fleet: string, id: string }} names
   * @param {Pick<import('onward').Store, 'save'> | undefined} store
   */
  #options(names, store) {
    this.#errors.device = '';
    return {
      ...names,
      ...(store ? { store, onError: (/** @type {Error} */ error) => this.#fail('device', error) } : {}),
      onModel: () => {
        this.#errors.device = '';
        this.#told.onModel();
        this.#told.onChange();
      },
      onRefused: (/** @type {string} */ reason, /** @type {string | undefined} */ detail) => this.#fail('device', new Error(refusalText(this.#fleet, reason, detail))),
    };
  }

  /**
   * @param {'connection' | 'device' | 'end'} what
   * @param {Error} error
   */
  #fail(what, error) {
    const text = error.message || String(/** @type {any} */ (error).code);
    const isNew = text !== this.#errors[what]; // a broker that is away says so every second
    this.#errors[what] = text;
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
  if (reason === 'foreign') return `another shape or labels than fleet ${fleet} has (${detail ?? 'no detail'}): give the model the inputs, labels, units and drift alarm of the fleet (onward fleet aggregate: none), and another folder or msg.command "reset"`;
  return `a message of fleet ${fleet} was not taken: ${reason}${detail ? `, ${detail}` : ''}`;
}
