/** The options that shape a detector. */
import { createDetector, type Detector, type DetectorConfig } from '../host/index.js';
import { UsageError, type Arguments, type Option } from './arguments.js';
import { percent } from './terminal.js';

export const DETECTOR_OPTIONS: Record<string, Option> = {
  mode: { value: 'MODE', help: 'streaming (default): every view of each channel, and all together, learning for ever; commissioned: all channels together, learning\nfor --warmup samples only: for a machine that is known to be well at first, and whose faults are alarms for as long as they last' },
  warmup: { value: 'N', help: 'samples without alarms (default 32); in commissioned mode the ones that are learned (default 400)' },
  threshold: { value: 'X', help: 'score of an alarm, 0.1 to 16: as a multiple of what comes once in 80,000 samples (default 1); commissioned: of the 99 % quantile of what\nis usual (default 2)' },
  hold: { value: 'N', help: 'samples after an alarm in which only one twice as bad is told (default 96, commissioned 0)' },
  'alarm-every': { value: 'N', help: 'alarm-rate control: samples in which one alarm is no burden (default 0: off)' },
  units: { value: 'N', help: 'units of the net over all channels (default 16); 0 in streaming mode: none' },
  bits: { value: 'BITS', help: 'bits of a weight, 8 or 16 (default 8)' },
  seed: { value: 'N', help: 'decides every random bit (default 1)' },
};

export function detectorConfig(args: Arguments): DetectorConfig {
  const mode = args.text('mode');
  if (mode !== undefined && mode !== 'streaming' && mode !== 'commissioned') throw new UsageError(`--mode must be streaming or commissioned, got ${mode}`);
  const bits = args.whole('bits', 8, 16);
  if (bits !== undefined && bits !== 8 && bits !== 16) throw new UsageError(`--bits must be 8 or 16, got ${bits}`);
  const config = {
    mode,
    warmup: args.whole('warmup', 0, 1e9),
    hold: args.whole('hold', 0, 1e9),
    threshold: args.number('threshold', 0.1, 16),
    alarmEvery: args.whole('alarm-every', 0, 1e6),
    units: args.whole('units', 0, 64),
    bits,
    seed: args.whole('seed', 0, 0xffffffff),
  };
  return Object.fromEntries(Object.entries(config).filter(([, value]) => value !== undefined));
}

/** A detector of these options, once its channels are known. @throws UsageError where they do not go together, by the option's name */
export async function newDetector(config: DetectorConfig): Promise<Detector> {
  try {
    return await createDetector(config);
  } catch (cause) {
    const wrong = /^config\.(\w+): (.*)$/s.exec((cause as Error).message);
    if (wrong === null) throw cause;
    throw new UsageError(`--${wrong[1]!.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}: ${wrong[2]}`, { cause });
  }
}

/** Alarms that are most of what there is say nothing of one sample. Undefined where they are few. */
export function mostlyAlarms({ mode, warmup }: Detector['config'], alarms: number, samples: number): string | undefined {
  const share = alarms / samples;
  if (!(samples >= 20 && share > 0.5)) return undefined;
  return `${percent(share)} of what came after the warm-up are alarms: the ${mode === 'commissioned' ? `first ${warmup} samples are not what is usual now, or a fault stays; commission it anew, or --mode streaming` : 'threshold is too low for this signal; a higher --threshold'}`;
}

/** @throws UsageError for an option that the stored detector contradicts */
export function checkSameDetector({ config }: Detector, wanted: DetectorConfig): void {
  for (const [name, value] of Object.entries(wanted)) {
    const stored = config[name as keyof DetectorConfig];
    const same = typeof value === 'number' && typeof stored === 'number' ? Math.abs(value - stored) < 1e-6 : value === stored;
    if (!same) throw new UsageError(`the stored detector has ${name} ${stored}, not ${value}: leave the option out, or give another one`);
  }
}
