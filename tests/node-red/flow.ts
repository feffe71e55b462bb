// A flow in the official helper's Node-RED, told message by message: one model, the nodes that use it, and what comes out of them.

import { fromPackage } from './installed.js';

/** Messages of Node-RED are open objects. */
export type Message = Record<string, any>;
export interface Answer {
  /** From the first output. */
  message?: Message;
  /** From the second output. */
  alarm?: Message;
  error?: Error;
}

interface RuntimeNode {
  receive(message: Message): void;
  on(event: string, listener: (...args: any[]) => void): void;
  removeListener(event: string, listener: (...args: any[]) => void): void;
  warn: { getCalls(): { thisValue: { id: string }; firstArg: string }[] };
  status: { lastCall?: { firstArg: { text: string; fill: string } }; getCalls(): { thisValue: { id: string }; firstArg: { text: string; fill: string } }[] };
}

let helper: any;

export const LEARNER = { id: 'model', type: 'onward-model', kind: 'learner', inputCount: '2', labels: 'a, b', exemplars: 0, drift: 'none', units: '8', keep: true };
export const DETECTOR = { id: 'model', type: 'onward-model', kind: 'detector', fields: 'temp, vibration', mode: 'commissioned', warmup: '100', keep: true };
export const LEARN = { id: 'n1', type: 'onward-learn', model: 'model', features: 'payload', labelProperty: 'label', idProperty: 'id' };
export const REGRESSOR = { id: 'model', type: 'onward-model', kind: 'regressor', fields: 'outside, people', units: '8', keep: true };
export const DETECT = { id: 'n1', type: 'onward-detect', model: 'model', features: 'payload' };
export const PREDICT = { id: 'n1', type: 'onward-predict', model: 'model', features: 'payload', targetProperty: 'target' };

export class Flow {
  /** What each node has answered since it was told something last. */
  readonly #outputs = new Map<string, Answer>();
  #users: string[] = [];

  /** Starts a flow of a model and its users in `userDir`; one that runs already must be stopped. */
  static async start(userDir: string, ...nodes: Message[]): Promise<Flow> {
    helper ??= fromPackage('node-red-node-test-helper');
    helper.init(fromPackage.resolve('node-red'), { userDir });
    const flow = new Flow();
    const isShared = ({ type }: Message): boolean => ['onward-model', 'mqtt-broker', 'tls-config'].includes(type);
    const users = nodes.filter((node) => !isShared(node));
    const definitions = [...['model', 'learn', 'detect', 'predict', 'fleet'].map((name) => fromPackage(`./nodes/onward-${name}.js`)), ...['05-tls', '10-mqtt'].map((name) => fromPackage(`@node-red/nodes/core/network/${name}.js`))];
    const outputs = users.flatMap(({ id }) => [`${id}-first`, `${id}-second`].map((output) => ({ id: output, type: 'helper', z: 'tab' })));
    const wired = users.map((node) => ({ ...node, z: 'tab', wires: [[`${node['id']}-first`], [`${node['id']}-second`]] }));
    await helper.load(definitions, [{ id: 'tab', type: 'tab' }, ...nodes.filter(isShared), ...wired, ...outputs]);
    flow.#users = users.map(({ id }) => id);
    for (const id of flow.#users) {
      flow.node(`${id}-first`).on('input', (message) => flow.#note(id, { message }));
      flow.node(`${id}-second`).on('input', (alarm) => flow.#note(id, { alarm }));
    }
    return flow;
  }

  node(id: string): RuntimeNode {
    return helper.getNode(id);
  }

  /** A node's status now: the helper's stub hears of all nodes. */
  badge(id: string): { text: string; fill: string } {
    return this.node(id).status.getCalls().filter(({ thisValue }) => thisValue.id === id).at(-1)?.firstArg ?? { text: '', fill: '' };
  }

  /** What a node answers to one message: both outputs, or an error. */
  tell(message: Message, id = 'n1'): Promise<Answer> {
    const node = this.node(id);
    this.#outputs.set(id, {});
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => end(() => reject(new Error(`no answer to ${JSON.stringify(message)?.slice(0, 200)}`))), 15_000);
      const end = (then: () => void): void => {
        clearTimeout(timer);
        node.removeListener('call:error', failed);
        this.node(`${id}-first`).removeListener('input', sent);
        then();
      };
      // the second output is sent in the same go
      const sent = (): void => end(() => setImmediate(() => resolve(this.#outputs.get(id)!)));
      const failed = (call: { firstArg: Error }): void => end(() => resolve({ error: call.firstArg }));
      this.node(`${id}-first`).on('input', sent);
      node.on('call:error', failed);
      node.receive(message);
    });
  }

  /** As a redeploy or an orderly end does: every node is closed and has saved. */
  async stop(): Promise<void> {
    await helper.unload();
  }

  #note(id: string, part: Answer): void {
    Object.assign(this.#outputs.get(id) ?? {}, part);
  }
}
