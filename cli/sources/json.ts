/** Common part of sources of JSON. */
import type { SampleForm } from '../../host/sources/json-sample.js';
import type { Sample } from '../../host/sources/sample.js';
import type { Arguments } from '../arguments.js';
import type { Shape, Source, SourceListeners } from './source.js';

export function jsonFields(args: Arguments, { fields, shape = {}, inputs, most, known, onSpan, say }: Omit<SourceListeners, 'place' | 'onLabel' | 'onRefused'>) {
  const label = args.text('label') ?? shape.label;
  const names = fields ?? args.text('fields')?.split(',');
  return {
    ...(label === undefined ? {} : { label }),
    ...(shape.time === undefined ? {} : { time: shape.time }),
    ...(names ? { fields: names } : {}),
    ...(shape.columns ? { columns: shape.columns } : {}),
    ...(shape.form === 'x' ? { arrays: true } : {}),
    ...(inputs === undefined ? {} : { inputs }),
    ...(most === undefined ? {} : { most }),
    ...(known ? { known } : {}),
    ...(onSpan ? { onSpan } : {}),
    onDoubt: say,
  };
}

/** Reader of the objects, which knows their shape after the first. */
interface Objects {
  readonly fields: readonly string[] | undefined;
  readonly form: SampleForm | undefined;
  restart(): void;
}

export class JsonSource implements Source {
  constructor(
    readonly samples: AsyncIterable<Sample>,
    private readonly objects: Objects,
    private readonly countDropped: () => number,
    readonly stop: () => void,
  ) {}

  get fields(): readonly string[] | undefined {
    return this.objects.fields;
  }

  get shape(): Shape | undefined {
    if (this.objects.form === undefined) return undefined;
    const { label, fields, columns, ...others } = this.objects.form;
    return { ...others, columns, ...(fields ? { fields } : {}), ...(label === undefined ? {} : { label }) };
  }

  get dropped(): number {
    return this.countDropped();
  }

  restart(): void {
    this.objects.restart();
  }
}
