// A film as Chromium plays it to its own camera: YUV 4:2:0, frame after frame.

import type { Pixels } from '../host/sources/camera.js';

/** @param rate frames a second */
export function y4m(frames: readonly Pixels[], rate: number): Buffer {
  const { width, height } = frames[0]!;
  return Buffer.concat([Buffer.from(`YUV4MPEG2 W${width} H${height} F${rate}:1 Ip A1:1 C420jpeg\n`), ...frames.flatMap((frame) => [Buffer.from('FRAME\n'), planesOf(frame)])]);
}

/** Luma of every point, then both chromas of every four (ITU-R BT.601, as television has it: 16 to 235). */
function planesOf({ data, width, height }: Pixels): Buffer {
  const at = (x: number, y: number): number[] => [0, 1, 2].map((c) => data[3 * (y * width + x) + c]!);
  const luma = Uint8Array.from({ length: width * height }, (_, i) => {
    const [r, g, b] = at(i % width, Math.floor(i / width)) as [number, number, number];
    return 16 + 0.257 * r + 0.504 * g + 0.098 * b;
  });
  const chroma = (of: (r: number, g: number, b: number) => number): Uint8Array =>
    Uint8Array.from({ length: (width * height) / 4 }, (_, i) => {
      const [x, y] = [2 * (i % (width / 2)), 2 * Math.floor((2 * i) / width)];
      const four = [at(x, y), at(x + 1, y), at(x, y + 1), at(x + 1, y + 1)];
      const [r, g, b] = [0, 1, 2].map((c) => four.reduce((sum, point) => sum + point[c]!, 0) / 4) as [number, number, number];
      return 128 + of(r, g, b);
    });
  return Buffer.concat([luma, chroma((r, g, b) => -0.148 * r - 0.291 * g + 0.439 * b), chroma((r, g, b) => 0.439 * r - 0.368 * g - 0.071 * b)]);
}
