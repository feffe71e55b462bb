import type { Store } from '../stores/store.js';
import type { PublicKey } from './signature.js';

/** The fleet and the name of a device, and whom it tells. */
export interface FleetDeviceOptions {
  /** Name of the fleet, 1 to 64 of `A-Z a-z 0-9 _ -`. */
  fleet: string;
  /** Its name in topics; with TLS and access rules the broker's name for it. */
  id: string;
  /**
   * Besides parameters, share of each label that it hears mean and deviation of the features, and beside every own sample learn two that are made up from others': where
   * devices hear different things, worth 10 points on the fan. It takes three times the steps, and tells more of the samples. Default false; the aggregator has to be told too.
   */
  prototypes?: boolean;
  /** Sends updates under masks only, and none to an aggregator that asks for clear ones (`masks` is refused). Without it the aggregator decides. Default false. */
  masks?: boolean;
  /** The aggregator's public Ed25519 key: models that it has not signed are refused (`unsigned`, `forged`), and so are older ones than this device has (`older`). Default: none is checked. */
  publicKey?: PublicKey;
  /** Called after the shared model of a round has been taken over. */
  onModel?: (round: number) => void;
  /** Called for messages that are not taken, `foreign` being a model of another shape or with other labels; `detail` says what is the matter, where there is more to say. */
  onRefused?: (reason: string, detail?: string) => void;
}

/** The store of what a device must not forget. */
export interface FleetDeviceKeep {
  /** An update is sent once it has been kept here that it was: so it is never sent again as something new. `autosave(device, store)` keeps what the device learns. */
  store?: Pick<Store, 'save'>;
  /** Called when that could not be kept: the update is not sent, and what is in it goes with the next round's. Without it the error is thrown. */
  onError?: (error: Error) => void;
}

/** Counts of messages that a device has taken, sent and refused. */
export interface FleetDeviceCounts {
  /** Round of the model that it has; -1 before the first. */
  round: number;
  models: number;
  /** That went out; under masks, those whose sum had this device in it when it told its shares. */
  updates: number;
  /** Samples in updates that did not: their round ended without them, or has not asked for them yet. */
  stranded: number;
  refused: number;
}
