/** A source as it is written behind its scheme: NAME, or NAME?setting=value. */
import { UsageError } from '../arguments.js';

export function given(name: string, text: string): string {
  if (name === '') throw new UsageError(`--source ${text}: there is no name behind it`);
  return name;
}

/** `//` in front of the name is optional: serial:///dev/ttyACM0 is serial:/dev/ttyACM0. */
export function nameAndSettings(rest: string, known: readonly string[], text: string): { name: string; settings: URLSearchParams } {
  const [, name = '', query = ''] = /^(?:\/\/)?([^?]*)(?:\?(.*))?$/s.exec(rest) ?? [];
  const settings = new URLSearchParams(query);
  for (const key of settings.keys()) if (!known.includes(key)) throw new UsageError(`--source: ${key} is none of ${known.join(', ')}`);
  return { name: given(name, text), settings };
}

export function numberOf(settings: URLSearchParams, key: string, without: number, most: number): number {
  const text = settings.get(key);
  const value = text === null ? without : Number(text);
  if (text?.trim() === '' || !(value > 0 && value <= most)) throw new UsageError(`--source: ${key} must be a number above 0, at most ${most}, got ${text}`);
  return value;
}
