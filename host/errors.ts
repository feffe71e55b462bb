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
  | 'ECORE'
  | 'EMEMORY';

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

  /** Place in the package's documentation that says what to do: `docs/reference/errors.md#ecrc`. */
  get page(): string {
    return `docs/reference/errors.md#${this.code.toLowerCase()}`;
  }
}
