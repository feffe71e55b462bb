/** A sensor of Linux. */
import { openIio } from '../../host/sources/iio.js';
import { UsageError } from '../arguments.js';
import { nameAndSettings, numberOf } from './name.js';
import type { SourceKind } from './source.js';

export const iio: SourceKind<{ kind: 'iio'; device: string; hz: number; channels: string[] | undefined }> = {
  kind: 'iio',
  scheme: 'iio:',
  help: 'iio:NAME[?hz=10&channels=accel_x,..], a sensor of Linux by its name or folder',
  options: [],
  parse(rest, text) {
    const { name, settings } = nameAndSettings(rest, ['hz', 'channels'], text);
    return { kind: 'iio', device: name, hz: numberOf(settings, 'hz', 10, 1000), channels: settings.get('channels')?.split(',') };
  },
  check(_, args) {
    for (const name of ['label', 'fields']) if (args.has(name)) throw new UsageError(`--${name}: an IIO sensor has no ${name === 'label' ? 'labels' : 'fields, but ?channels='}`);
  },
  async open({ device, hz, channels }, _, { fields, say }) {
    const wanted = channels ?? fields; // of before: a learner's inputs keep their order
    const source = await openIio(device, { hz, ...(wanted ? { channels: wanted } : {}) });
    say(`reading ${source.names.join(', ')} ${hz} times a second`);
    return {
      samples: source,
      fields: source.names,
      shape: { form: 'fields', fields: source.names },
      get dropped() {
        return source.counts().dropped;
      },
      stop: () => source.close(),
    };
  },
};
