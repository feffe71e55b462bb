import { pack, unpack } from '../host/packed.js';
import { assert, suite } from './suite.js';

const test = suite('cores as text');

test('every byte comes back, after every other', () => {
  const bytes = Uint8Array.from({ length: 256 * 256 * 2 }, (_, i) => (i % 2 === 0 ? i >> 9 : i >> 1));
  const text = pack(bytes);
  assert.match(text, /^[(-\[\]-_a-~]+$/);
  assert.ok(Buffer.from(unpack(text)).equals(bytes));
});

test.run();
