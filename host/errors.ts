/** Why a learner refused, for programs; the message is for people. */
export type LearnerErrorCode =
  | 'ESNAPSHOT_MAGIC'
  | 'ESNAPSHOT_TRUNCATED'
  | 'ESNAPSHOT_VERSION'
  | 'ESNAPSHOT_ARITHMETIC'
  | 'ESNAPSHOT_SHAPE'
  | 'ECRC'
  | 'ESTORE_LOCKED'
  | 'ESTORE_FULL'
  | 'ESTORE_WRITE'
  | 'ESTORE_DAMAGED'
  | 'ESTORE_CLOSED'
  | 'EDISPOSED'
  | 'ECORE';

/** A learner's own failure, as opposed to a wrong argument (`TypeError`, `RangeError`). */
export class LearnerError extends Error {
  override readonly name = 'LearnerError';

  constructor(
    readonly code: LearnerErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** What the core's negative status codes mean (assembly/layout.ts, ERROR_*), in their order from -1. */
export const CORE_ERRORS: readonly string[] = [
  'inputs must be 1 to 4096',
  'labels must be 2 to 256',
  'layers must be 1 to 8',
  'units of each layer must be 1 to 4096',
  'bits must be 8 or 16',
  'window must be 8 to 256 samples of 1 to 64 axes',
  'exemplars, their bits, prototypes, replays or drift out of range',
  'height x width of the grid must divide inputs',
  'field must fit its grid, stride be 1 or more, channels a multiple of 8',
  'secondOrder takes at most 512 inputs of a layer and no prototypes',
];
