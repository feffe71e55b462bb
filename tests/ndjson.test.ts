import { gzipSync } from 'node:zlib';
import { assert, suite } from './suite.js';
import { ndjson, type NdjsonOptions } from '../host/sources/ndjson.js';
import type { RawSource } from '../host/sources/sample.js';

const test = suite('ndjson');

async function read(source: RawSource, options?: NdjsonOptions) {
  const out = [];
  for await (const { x, ...rest } of ndjson(source, options)) out.push({ x: [...(x as Float64Array)], ...rest });
  return out;
}

async function failure(source: RawSource, options?: NdjsonOptions): Promise<string> {
  try {
    await read(source, options);
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error('nothing was thrown');
}

test('the x, y, t form', async () => {
  assert.equal(await read('{"x":[1,2],"y":"idle","t":7}\n{"x":[3,null]}\n'), [{ x: [1, 2], y: 'idle', t: 7 }, { x: [3, NaN] }]);
});

test('any flat object: numeric fields in the order of the first line, whatever the order later', async () => {
  const text = '{"temp":21.5,"fan":3,"state":"on"}\r\n\r\n{"fan":4,"state":2,"temp":null,"extra":9}';
  assert.equal(await read(text, { label: 'state' }), [{ x: [21.5, 3], y: 'on' }, { x: [NaN, 4], y: '2' }]);
  assert.equal(await read('{"a":1,"b":2,"c":true}', { fields: ['c', 'a'] }), [{ x: [1, 1] }]);
});

test('gzip, and chunks that cut a line or a character in two', async () => {
  const text = '{"x":[1],"y":"žluť"}\n{"x":[2],"y":"b"}';
  const expected = [{ x: [1], y: 'žluť' }, { x: [2], y: 'b' }];
  assert.equal(await read(gzipSync(text)), expected);
  async function* bytewise() {
    for (const byte of new TextEncoder().encode(text)) yield Uint8Array.of(byte);
  }
  assert.equal(await read(bytewise()), expected);
  async function* gzipBytewise() {
    for (const byte of gzipSync(text)) yield Uint8Array.of(byte);
  }
  assert.equal(await read(gzipBytewise()), expected);
});

test('errors name the line and what is wrong', async () => {
  assert.match(await failure('{"x":[1]}\n{"x":'), 'line 2 is not JSON');
  assert.match(await failure('[1,2]'), 'line 1 must be a JSON object');
  assert.match(await failure('{"x":[1]}\n{"x":[1,2]}'), 'line 2 holds 2 values, the lines before it 1');
  assert.match(await failure('{"x":["a"]}'), 'line 1: x[0] must be a number, got "a"');
  assert.match(await failure('{"speed":"fast","y":"a"}'), 'line 1: "speed" must be a number, got "fast"');
  assert.match(await failure('{"y":"a"}'), 'line 1 holds no numbers');
  assert.match(await failure('{"x":[1],"y":{}}'), 'the label "y" must be a string or a number');
});

test('a sample with none of the fields is refused, not learned as all missing; one with some of them has the others missing', async () => {
  const read = async (lines: string): Promise<(number[] | string)[]> => {
    const out: (number[] | string)[] = [];
    try {
      for await (const { x } of ndjson(lines, { fields: ['temp', 'hum'] })) out.push([...(x as Float64Array)]);
    } catch (error) {
      out.push((error as Error).message);
    }
    return out;
  };
  assert.equal(await read('{"temp":1,"y":"a"}\n{"hum":null,"temp":2}\n'), [[1, NaN], [2, NaN]]);
  assert.equal(await read('{"x":[1,2],"y":"a"}\n'), ['line 1 has none of the fields "temp", "hum"; there are "x"']);
  assert.equal(await read('{"y":"a"}\n'), ['line 1 has none of the fields "temp", "hum"']);
});

test('a truncated gzip stream is refused with the reason', async () => {
  const packed = gzipSync('{"x":[1],"y":"a"}\n'.repeat(1000));
  assert.match(await failure(packed.subarray(0, packed.length - 20)), 'the gzip data is damaged');
  const broken = Uint8Array.from(packed);
  broken[packed.length - 6]! ^= 255; // in the checksum
  assert.match(await failure(broken), 'the gzip data is damaged');
});

test.run();
