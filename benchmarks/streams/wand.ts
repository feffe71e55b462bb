/** Magic wand: 1,000 digits drawn in the air. One sample is the stroke resampled at 20 points of equal arc length: x, y, x, y ... (40 features). */
import { Random } from '../rivals/random.js';
import { readTar } from './tables.js';

export const POINTS = 20;

interface Point {
  x: number;
  y: number;
}

export interface Stroke {
  label: string;
  features: Float64Array; // [40]
}

/** In random order, as a stream. */
export function wandStrokes(path: string, seed = 1): Stroke[] {
  return new Random(seed).shuffle(recordedStrokes(path));
}

/** In the order of recording, digit by digit. */
export function recordedStrokes(path: string, points: 'by distance' | 'by time' = 'by distance'): Stroke[] {
  const strokes: Stroke[] = [];
  const files = [...readTar(path)].filter(({ name }) => name.endsWith('.json')).sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const { bytes } of files) {
    const file = JSON.parse(bytes.toString('utf8')) as { strokes: { label: string; strokePoints: Point[] }[] };
    for (const stroke of file.strokes) strokes.push({ label: String(stroke.label), features: points === 'by time' ? resampleByTime(stroke.strokePoints) : resample(stroke.strokePoints) });
  }
  return strokes;
}

/** 20 points at equal distances along the path, so that a slow start does not take most of them. */
function resample(points: Point[]): Float64Array {
  const along = [0];
  for (let i = 1; i < points.length; i++) along.push(along[i - 1] + Math.hypot(points[i].x - points[i - 1].x, points[i].y - points[i - 1].y));
  const length = along[along.length - 1];
  const features = new Float64Array(2 * POINTS);
  for (let k = 0, i = 1; k < POINTS; k++) {
    const at = (length * k) / (POINTS - 1);
    while (i < points.length - 1 && along[i] < at) i++;
    const span = along[i] - along[i - 1];
    const share = span > 0 ? Math.min(1, (at - along[i - 1]) / span) : 0;
    features[2 * k] = points[i - 1].x + share * (points[i].x - points[i - 1].x);
    features[2 * k + 1] = points[i - 1].y + share * (points[i].y - points[i - 1].y);
  }
  return features;
}

/** 20 points at equal times: the speed of the hand shows. */
function resampleByTime(points: Point[]): Float64Array {
  const features = new Float64Array(2 * POINTS);
  for (let k = 0; k < POINTS; k++) {
    const at = ((points.length - 1) * k) / (POINTS - 1);
    const i = Math.min(points.length - 2, Math.floor(at));
    const { x, y } = points[i];
    features[2 * k] = x + (at - i) * (points[i + 1].x - x);
    features[2 * k + 1] = y + (at - i) * (points[i + 1].y - y);
  }
  return features;
}
