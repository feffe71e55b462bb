// The view of streaming mode over all channels together: how unlike what usually goes together they are.

import { quotient, squareRoot } from '../arithmetic.js';
import { decode } from '../normaliser.js';
import type { Generator } from '../random.js';
import { Goodness, type GoodnessConfig } from './goodness.js';
import { ONE } from './net.js';
import { Channel } from './standardiser.js';
import { Tail, USUAL } from './tail.js';

const KNOWN = 256; // samples before which it says nothing
const PATIENCE = 48;
const LEAST = 1024; // threshold of the root of goodness, 0.25 in Q12
const LARGEST = 2 ** 24 - 1;

export class Joint {
  readonly channels: Channel[];
  readonly net: Goodness;
  readonly tail: Tail;
  count = 0; // samples, up to 2^32 - 1
  alarms = 0; // in a row, fading; up to 65535
  score = 0; // Q16
  channel = 0; // the one that has most of it

  constructor(config: GoodnessConfig, random: Generator) {
    this.channels = Array.from({ length: config.channels }, () => new Channel());
    this.net = new Goodness(config, random);
    this.tail = new Tail({ memory: 48, factor: 282, doubt: 24, rarity: USUAL }, config.channels);
  }

  observe(x: ArrayLike<number>, warmup: number): void {
    const { net, tail } = this;
    const v = Int32Array.of(...this.channels.map((channel, i) => {
      if (decode(x[i]).missing) return 0; // what is missing is as usual
      const z = channel.standardise(x[i]);
      channel.observe(x[i]);
      return z;
    }), ONE);
    const goodness = net.of(v);
    const value = squareRoot(Math.min(goodness, LARGEST) * 256); // Q12
    const limit = Math.max(tail.threshold, LEAST);
    this.count = Math.min(this.count + 1, 2 ** 32 - 1);
    this.score = this.count > Math.max(warmup, KNOWN) ? Math.min(quotient(value * 65536, limit), 2 ** 20) : 0;
    const calm = this.score <= 65536;
    this.alarms = calm ? Math.max(this.alarms - 1, 0) : Math.min(this.alarms + 1, 65535);
    const accept = this.alarms > PATIENCE;
    if (!calm) {
      net.explain(v);
      this.channel = net.parts.indexOf(Math.max(...net.parts));
    }
    if (accept && !calm) tail.accept(value);
    tail.add(calm || accept ? value : Math.min(value, limit));
    if (calm || accept) net.learn(v, goodness);
    const block = this.count < 64 ? 8 : this.count < 128 ? 16 : this.count < 256 ? 32 : 64;
    if (this.count % block === 0) tail.endBlock();
  }
}
