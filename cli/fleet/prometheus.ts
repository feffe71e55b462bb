import type { Registry } from 'prom-client';
import type { Aggregator } from '../../host/fleet/index.js';
import { Figures } from '../../host/sinks/figures.js';

/** Devices that are told apart: each is a series. */
const MOST_DEVICES = 100;

/**
 * | metric | |
 * |---|---|
 * | `onward_fleet_round`, `onward_fleet_online_devices` | gauges |
 * | `onward_fleet_updates_total`, `onward_fleet_refused_updates_total` | counters since the start |
 * | `onward_fleet_accuracy`, `onward_fleet_accuracy_before` | gauges: of the newest model, and of the one before it, on the devices' own last samples |
 * | `onward_fleet_round_devices`, `onward_fleet_round_examples`, `onward_fleet_round_bytes`, `onward_fleet_round_aside` | gauges: of the last round that ended |
 * | `onward_fleet_spent_rounds` | gauge: of a private fleet |
 * | `onward_fleet_device_distance{device}`, `onward_fleet_device_examples{device}`, `onward_fleet_device_aside{device}` | gauges: octaves from the others, and what counted |
 */
export async function prometheusFleet(fleet: () => Pick<Aggregator, 'standing' | 'counts'>): Promise<{ registry: Registry; metrics(): Promise<string> }> {
  const figures = await Figures.open({});
  const standing = () => fleet().standing();
  figures.watched('onward_fleet_round', 'Round that is open', () => standing().round);
  figures.watched('onward_fleet_online_devices', 'Devices that are online', () => standing().online);
  figures.total('onward_fleet_updates_total', 'Updates taken', () => fleet().counts().taken);
  figures.total('onward_fleet_refused_updates_total', 'Updates refused', () => Object.values(fleet().counts().refused).reduce((sum, n) => sum + n, 0));
  const accuracy = figures.lazyGauge('onward_fleet_accuracy', "Share of right answers of the newest model on the devices' own last samples");
  const before = figures.lazyGauge('onward_fleet_accuracy_before', 'The same of the model before it');
  figures.watched('onward_fleet_round_devices', 'Devices folded in by the last round', () => standing().rounds.at(-1)?.devices);
  const roundExamples = figures.lazyGauge('onward_fleet_round_examples', 'Examples that counted in the last round');
  figures.watched('onward_fleet_round_bytes', 'Bytes of updates in the last round', () => standing().rounds.at(-1)?.bytes);
  figures.watched('onward_fleet_round_aside', 'Devices set aside by the last round', () => standing().rounds.at(-1)?.aside.length);
  const spent = figures.lazyGauge('onward_fleet_spent_rounds', 'Rounds that a private fleet has spent');
  const distance = figures.gauge('onward_fleet_device_distance', 'Octaves that a device is from the others', 'device');
  const examples = figures.gauge('onward_fleet_device_examples', 'Examples of a device that counted', 'device');
  const aside = figures.gauge('onward_fleet_device_aside', 'Whether a device was set aside', 'device');
  const told = new Set<string>();
  return {
    registry: figures.registry,
    async metrics() {
      const now = standing();
      if (now.accuracy !== null) accuracy(now.accuracy);
      if (now.before !== null) before(now.before);
      if (now.private === undefined) roundExamples(now.rounds.at(-1)?.examples ?? 0);
      else spent(now.private.spent);
      for (const device of now.devices) {
        if (!told.has(device.id) && told.size >= MOST_DEVICES) continue;
        told.add(device.id);
        distance(device.id, Math.max(device.distance?.channels ?? 0, device.distance?.weights ?? 0));
        examples(device.id, device.examples);
        aside(device.id, Number(device.aside));
      }
      return figures.registry.metrics();
    },
  };
}
