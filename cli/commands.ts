// Every command, in the order of `onward --help` and of its page, docs/reference/cli.md (a fleet's: cli-fleet.md). Only the one that is called is loaded.

import type { Command } from './arguments.js';

/** A command that is not loaded yet. */
export interface Entry {
  readonly name: string;
  load(): Promise<Command>;
}

export const COMMANDS: readonly Entry[] = [
  { name: 'run', load: async () => (await import('./run.js')).run },
  { name: 'eval', load: async () => (await import('./eval.js')).evaluate },
  { name: 'predict', load: async () => (await import('./predict.js')).predict },
  { name: 'learn', load: async () => (await import('./learn.js')).learn },
  { name: 'watch', load: async () => (await import('./watch.js')).watch },
  { name: 'detect', load: async () => (await import('./detect.js')).detect },
  { name: 'serve', load: async () => (await import('./serve.js')).serve },
  { name: 'plan', load: async () => (await import('./plan.js')).plan },
  { name: 'inspect', load: async () => (await import('./inspect.js')).inspect },
  { name: 'labels', load: async () => (await import('./labels.js')).labels },
  { name: 'dream', load: async () => (await import('./dream.js')).dream },
  { name: 'simulate', load: async () => (await import('./simulate.js')).simulate },
  { name: 'export', load: async () => (await import('./export.js')).exportFirmware },
  { name: 'fleet demo', load: async () => (await import('./fleet/demo.js')).fleetDemo },
  { name: 'fleet aggregate', load: async () => (await import('./fleet/aggregate.js')).fleetAggregate },
  { name: 'fleet device', load: async () => (await import('./fleet/device.js')).fleetDevice },
  { name: 'fleet board', load: async () => (await import('./fleet/board.js')).fleetBoard },
  { name: 'fleet watch', load: async () => (await import('./fleet/watch.js')).fleetWatch },
  { name: 'fleet rollback', load: async () => (await import('./fleet/operate.js')).fleetRollback },
  { name: 'fleet expel', load: async () => (await import('./fleet/operate.js')).fleetExpel },
  { name: 'fleet readmit', load: async () => (await import('./fleet/operate.js')).fleetReadmit },
  { name: 'fleet canary', load: async () => (await import('./fleet/operate.js')).fleetCanary },
];
