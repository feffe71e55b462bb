/** Lines of JSON, or of plain numbers too, as a source that is read once. */
import { open } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { JsonSamples, isLateLabel, tellLate, type LateLabel, type LateListeners } from '../../host/sources/json-sample.js';
import { LineSplitter } from '../../host/sources/lines.js';
import type { Sample } from '../../host/sources/sample.js';
import type { Arguments } from '../arguments.js';
import { JsonSource, jsonFields } from './json.js';
import { maxBytes, type Source, type SourceListeners } from './source.js';

/** True if these first bytes of a file are lines of JSON objects: a brace at the beginning of a line tells. */
export function isJson(beginning: Uint8Array): boolean {
  return /^\s*\{/m.test(new TextDecoder().decode(beginning.subarray(0, 1000)));
}

export async function isJsonFile(path: string): Promise<boolean> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(new Uint8Array(1000), 0, 1000, 0);
    return isJson(buffer.subarray(0, bytesRead));
  } catch {
    return false; // a pipe has no beginning to look at
  } finally {
    await file.close();
  }
}

/** Reads one line: a sample, a label that came late, or nothing where the line names columns. */
type ReadLine = (text: string, where: string) => Sample | LateLabel | undefined;

/** The samples of these lines, each with the number of its line, from 1; `refuse` gets the errors of the others. */
export async function* samplesOfLines(bytes: AsyncIterable<Uint8Array> | Iterable<Uint8Array>, read: ReadLine, longest: number, refuse: (error: Error) => void, late: LateListeners = {}): AsyncGenerator<Sample & { row: number }> {
  const lines = new LineSplitter(longest);
  let number = 0;
  const all = async function* () {
    for await (const chunk of bytes) yield* lines.push(chunk);
    yield* lines.end();
  };
  for await (const { text, bytes: length } of all()) {
    number++;
    if (text?.trim() === '') continue;
    let item;
    try {
      if (text === undefined) throw new Error(`line ${number} has ${length} bytes, allowed are ${longest}`);
      item = read(text, `line ${number}`);
      if (item === undefined) continue;
      if (isLateLabel(item)) {
        tellLate(item, late);
        continue;
      }
    } catch (error) {
      refuse(error as Error);
      continue;
    }
    yield { ...item, row: number };
  }
}

/** Of a file, or of standard input; what is read is never read again. @param plain lines without JSON are read too, as boards and scripts print them */
export function openJsonLines(stream: Readable, name: string, args: Arguments, listeners: SourceListeners, plain = false): Source {
  const json = new JsonSamples({ id: 'id', ...jsonFields(args, listeners) });
  const read: ReadLine = (text, where) => (plain ? json.parseLine(text, where) : json.parse(text, where));
  let stopped = false;
  const samples = async function* (): AsyncGenerator<Sample> {
    try {
      for await (const sample of samplesOfLines(stream, read, maxBytes(args), (error) => listeners.onRefused(error, name), listeners)) {
        if (stopped) return; // a chunk may hold thousands more
        yield sample;
      }
    } catch (error) {
      if (!stopped) throw error; // destroyed on purpose
    }
  };
  const stop = (): void => {
    stopped = true;
    stream.destroy();
  };
  return new JsonSource(samples(), json, () => 0, stop);
}
