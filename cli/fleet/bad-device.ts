/** Devices that go wrong, for demonstrations and measurements: what they hear, and what is the matter with it. */
import type { FleetTask, TaskSample } from './tasks.js';

export const FAULTS = {
  scale: 'tells its values 1,000 times too large, as mV for V',
  huge: 'tells values of 1e20',
  broken: 'tells 3e38 in every fourth channel',
  labels: 'has learned 3,000 samples with wrong labels',
} as const;
export type FaultName = keyof typeof FAULTS;

/** Wrong labels in a device that claims many. */
const MANY = 3000;

/** The samples that a device hears instead of its own. */
export function faulty({ config, all }: FleetTask, own: readonly TaskSample[], fault: FaultName): TaskSample[] {
  const { labels } = config;
  if (fault === 'labels') return Array.from({ length: MANY }, (_, k) => all[k % all.length]!).map(({ x, y }) => ({ x, y: labels[(labels.indexOf(y) + 1) % labels.length]! }));
  const change = fault === 'scale' ? (v: number) => 1000 * v : fault === 'huge' ? (v: number) => 1e20 * v : (v: number, i: number) => (i % 4 === 0 ? 3e38 : v);
  return own.map(({ x, y }) => ({ x: x.map(change), y }));
}

/** A task one of whose devices is bad; what the others are judged by stays. */
export function withFault(task: FleetTask, device: number, fault: FaultName): FleetTask {
  return { ...task, devices: task.devices.map((own, d) => (d === device ? faulty(task, own, fault) : own)) };
}
