/** Many devices that learn together, without sharing their samples: exact integer averaging over any MQTT broker. docs/fleet.md. */

export { Aggregator } from './aggregator.js';
export type { AggregatorCounts, AggregatorOptions, RoundEvent } from './aggregator-options.js';
export type { Distance } from './distance.js';
export type { ModelHistory } from './history.js';
export type { Member, Report } from './members.js';
export type { NoteStore } from './decisions.js';
export type { PrivateOptions } from './private-options.js';
export type { Contribution } from './round.js';
export { sign, verified } from './signature.js';
export type { PublicKey, SignatureFault } from './signature.js';
export type { PastRound, Standing } from './standing.js';
export { TAKEN_OVER, connectDevice, disconnectDevice } from './connect.js';
export { FleetDevice } from './device.js';
export { isMember, learnerIn, memberAlone } from './member.js';
export type { FleetDeviceCounts, FleetDeviceKeep, FleetDeviceOptions } from './device-options.js';
export type { Fault } from './message.js';
export type { Refusal } from './round.js';
export type { Layers } from './turns.js';
export { Recorder } from './recorder.js';
export type { RecorderOptions } from './recorder.js';
export { observationsSubject, recorded, replay } from './replay.js';
export type { JetStreamLike, ReplayCounts } from './replay.js';
export { FleetBoard } from './board.js';
export { Board } from '../sources/board.js';
export type { BoardCounts, BoardLink, BoardOptions } from '../sources/board.js';
