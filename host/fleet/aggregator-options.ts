import type { ModelHistory } from './history.js';
import type { NoteStore } from './decisions.js';
import type { PrivateOptions } from './private-options.js';
import type { Contribution, Refusal } from './round.js';
import type { Layers } from './turns.js';

/** How a fleet's rounds are run. */
export interface AggregatorOptions {
  /** Name of the fleet, 1 to 64 of `A-Z a-z 0-9 _ -`. */
  fleet: string;
  /** Samples after which a device sends its update, 1 to 1,000,000. Default 64; more of them are fewer messages and slower rounds. */
  examples?: number;
  /** Seconds after which a round ends with whoever came, 0.1 to 86,400. Default 60; longer than the slowest device needs for its samples. */
  seconds?: number;
  /** With fewer devices the round goes on for as long again, 1 to 1,000,000. Default 2; 3 with `masks`, 100 with `private`, where the noise is the same for few as for many. */
  minDevices?: number;
  /** With fewer samples in all it does, too, 1 to 1,000,000. Default 1. */
  minExamples?: number;
  /** Samples of one device that count in a round, 1 to 1,000,000, so that no device drowns the others. Default 4 x `examples`; with `private` each device counts as one. */
  mostExamples?: number;
  /** Server step: how much further than the mean change the model moves, 1/256 to 8. Default 2; 8 with `layers: 'few'`; 4 with `private`; 1.5 with prototypes, where devices pull the same way and 2 overshoots. */
  step?: number;
  /** Hands devices' prototypes out with the model, 64 of them at most: see `FleetDeviceOptions`. Default false. */
  prototypes?: boolean;
  /**
   * Takes devices at their word. Without it, which is the default, no device counts for more than the median one, changes are clipped, means and deviations of the inputs
   * trimmed, and the update of a device that is far from all others is set aside: docs/fleet.md has what that costs (nothing) and what it is worth.
   */
  trust?: boolean;
  /** Against bad devices: changes longer than so many times the median are shortened to that, tensor by tensor; 0.5 to 100, or 0: none is. Default 1.5, with `trust` 0. */
  clip?: number;
  /** Against bad devices: this share of the lowest and of the highest values is left out, weight by weight, and every device counts alike; up to 0.45. Default 0. */
  trim?: number;
  /** The store of models of past rounds, for `rollback`. Default: the last 20, in memory. */
  history?: ModelHistory;
  /** Keeps the names of expelled devices and of canaries, and whether the fleet was begun with `masks` or as a `private` one, which it stays, and what it has spent. Default: none are kept; needed with `private`. */
  notes?: NoteStore;
  /** Keeps devices' prototypes over a restart, where `prototypes` is true. Default: none are kept; devices tell theirs with their next update. */
  prototypeNotes?: NoteStore;
  /** A private Ed25519 key: models are signed with it. Default: none is. */
  signKey?: CryptoKey;
  /**
   * `turns`: a device sends one layer in a round, another in the next, so half as many bytes go up where there are two; what it learned in the others it keeps until their turn.
   * `few`: a device sends the signs of its largest changes in 222 bytes, a frame of LoRaWAN, and the rest another time. The model needs an `inputScale`, since no standardisation goes along.
   * Default `all`.
   */
  layers?: Layers;
  /**
   * Updates come under masks that cancel in their sum: the aggregator learns that and no single update, as long as it keeps to the protocol. So nobody can be clipped, trimmed, capped or set
   * aside (`trust` is true, and has to be if it is given), and no prototypes or parts of updates are taken. Three devices at the least, 255 at most; the model needs an `inputScale`. Default false.
   */
  masks?: boolean;
  /**
   * Differential privacy for a whole device: its change is cut to one length, and noise goes into the sum of each round. After so many rounds epsilon is spent: the last model is handed
   * out, and no other round begins. What tells of single devices is off or refused: canaries, prototypes, setting aside, the rows of `standing`. The model needs an `inputScale` and 16 bits. Default: none.
   */
  private?: PrivateOptions;
  /** Told of every round that ended. */
  onRound?: (event: RoundEvent) => void;
  /** Told when the time of a round is up and too few have sent: it goes on for as long again. Under masks also when too few came through with their part of the sum: the round begins anew. */
  onShort?: (event: RoundEvent) => void;
  /** Told of every update that is not folded in. */
  onRefused?: (device: string, reason: Refusal) => void;
  /** Told of every device whose update was left out of a round, since it is far from all others. */
  onAside?: (contribution: Contribution) => void;
  /** Told what an operator has asked for, and what came of it; and when canaries found a model worse, which then goes to nobody. */
  onOperator?: (text: string) => void;
  /**
   * Told why the aggregator has stopped. Without it the error is thrown.
   *
   * - A model could not be kept: nobody has heard of it.
   * - Another aggregator was started for this fleet, later than this one.
   */
  onError?: (error: Error) => void;
}

/** How a round stands. */
export interface RoundEvent {
  round: number;
  /** That were folded in; for `onShort` those that are in the round so far, or under masks have joined it. */
  devices: number;
  examples: number;
}

/** Counts of updates that an aggregator has taken and refused. */
export interface AggregatorCounts {
  round: number;
  /** Updates taken, in all rounds: as they come, or under masks when their sum is there. */
  taken: number;
  /** Updates that were not, by reason. */
  refused: Partial<Record<Refusal, number>>;
  /** Devices whose last word is that they are there. */
  online: number;
}

/** With every default filled in. */
export type CheckedOptions = AggregatorOptions & Required<Omit<AggregatorOptions, 'onRound' | 'onShort' | 'onRefused' | 'onAside' | 'onOperator' | 'onError' | 'notes' | 'prototypeNotes' | 'signKey' | 'private'>> & { private?: Required<PrivateOptions> | undefined };
