// Every command, in the order of `onward --help` and of its page, docs/reference/cli.md (a fleet's: cli-fleet.md).

import type { Command } from './arguments.js';
import { detect } from './detect.js';
import { evaluate } from './eval.js';
import { exportFirmware } from './export.js';
import { fleetAggregate } from './fleet/aggregate.js';
import { fleetBoard } from './fleet/board.js';
import { fleetDemo } from './fleet/demo.js';
import { fleetDevice } from './fleet/device.js';
import { fleetCanary, fleetExpel, fleetReadmit, fleetRollback } from './fleet/operate.js';
import { fleetWatch } from './fleet/watch.js';
import { inspect } from './inspect.js';
import { labels } from './labels.js';
import { learn } from './learn.js';
import { plan } from './plan.js';
import { predict } from './predict.js';
import { run } from './run.js';
import { serve } from './serve.js';
import { simulate } from './simulate.js';
import { watch } from './watch.js';

export const COMMANDS: readonly Command[] = [run, evaluate, predict, learn, watch, detect, serve, plan, inspect, labels, simulate, exportFirmware, fleetDemo, fleetAggregate, fleetDevice, fleetBoard, fleetWatch, fleetRollback, fleetExpel, fleetReadmit, fleetCanary];
