/** A recording in the JSON of Edge Impulse's acquisition format: sensors with their units, and a row of values every `interval_ms`. */
import type { Batch } from './rows.js';

/** Does the text begin like one? It has a payload of values, and says who signed it. */
export function isRecording(head: string): boolean {
  return /^\s*\{/.test(head) && /"payload"\s*:/.test(head) && /"(interval_ms|sensors|values)"\s*:/.test(head);
}

interface Payload {
  interval_ms?: number;
  sensors?: { name?: unknown; units?: unknown }[];
  values?: unknown[];
  label?: unknown;
}

/** @throws where the text is no such recording */
export function recordingRows(text: string): Batch {
  let payload: Payload | undefined;
  let label: unknown;
  try {
    const whole = JSON.parse(text) as { payload?: Payload; label?: unknown };
    payload = whole.payload;
    label = payload?.label ?? whole.label;
  } catch (cause) {
    throw new Error(`this looks like a recording of Edge Impulse, and is no JSON: ${(cause as Error).message}`, { cause });
  }
  const { sensors, values, interval_ms: interval } = payload ?? {};
  if (!Array.isArray(sensors) || !Array.isArray(values) || values.length === 0) throw new Error('this recording of Edge Impulse holds no "sensors" and "values"');
  const units = sensors.map(({ units: unit }) => (typeof unit === 'string' && unit !== '' && unit !== 'N/A' ? unit : '-'));
  const timed = typeof interval === 'number' && interval > 0;
  const labelled = typeof label === 'string' && label !== '';
  const row = (value: unknown, i: number): string[] => {
    const cells = (Array.isArray(value) ? value : [value]).map((cell) => (typeof cell === 'number' ? String(cell) : ''));
    return [...(timed ? [String((i * interval) / 1000)] : []), ...cells, ...(labelled ? [label as string] : [])];
  };
  return {
    rows: [
      [...(timed ? ['time_s'] : []), ...sensors.map(({ name }, i) => (typeof name === 'string' ? name : `sensor ${i}`)), ...(labelled ? ['label'] : [])],
      [...(timed ? ['s'] : []), ...units, ...(labelled ? ['-'] : [])],
      ...values.map(row),
    ],
    number: 1,
    dialect: { delimiter: ',', quote: '"', comment: '#', header: true },
  };
}
