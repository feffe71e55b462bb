import { describe, inRange } from '../config-values.js';

/** A fleet whose models tell little of any one device: docs/fleet-private.md. */
export interface PrivateOptions {
  /** For a whole device, over all rounds: no model is more than e^epsilon times as likely with its changes as without, but with probability `delta`; when it sends is not hidden. 0.1 to 100. */
  epsilon: number;
  /** Rounds that share it, 1 to 10,000. When they are over, no other begins. */
  rounds: number;
  /** 1e-15 to 0.001. Default 1e-5; less than one in as many devices as there are. */
  delta?: number;
}

/** With the default filled in. @throws TypeError, RangeError that names the option, its value and what it may be */
export function checkedPrivate(options: unknown): Required<PrivateOptions> {
  if (typeof options !== 'object' || options === null) throw new TypeError(`options.private: expected { epsilon, rounds }, got ${describe(options)}`);
  const { epsilon, rounds, delta = 1e-5 } = options as PrivateOptions;
  inRange('options.private.epsilon', epsilon, 0.1, 100);
  inRange('options.private.rounds', rounds, 1, 10_000);
  if (!Number.isInteger(rounds)) throw new RangeError(`options.private.rounds: got ${rounds}; expected a whole number`);
  inRange('options.private.delta', delta, 1e-15, 0.001);
  return { epsilon, rounds, delta };
}
