/** What a measurement was made on: goes into every results file. */
import { cpus } from 'node:os';

export function machine(): { cpu: string; cores: number; node: string; v8: string; platform: string } {
  const list = cpus();
  return { cpu: list[0]?.model ?? 'unknown', cores: list.length, node: process.version, v8: process.versions.v8, platform: `${process.platform} ${process.arch}` };
}
