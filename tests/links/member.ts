// A device on a host of its own: `member.ts URL D`. Tells that it is connected, and every model that it takes over, as a line of JSON; ends with its standard input.

import { FleetDevice, connectDevice } from '../../host/fleet/index.js';
import { learnerOf, lesson } from './fleet.js';

const [url, number] = process.argv.slice(2) as [string, string];
const d = Number(number);
const options = { fleet: 'links', id: `d${d}` };
const client = await connectDevice(url, { ...options, keepalive: 4, connectTimeout: 8000, reconnectPeriod: 300 });
client.once('connect', () => process.stdout.write(`${JSON.stringify({ connected: true })}\n`));
client.on('error', () => {}); // it connects again by itself
const device: FleetDevice = new FleetDevice(client, await learnerOf(d), {
  ...options,
  onModel(round) {
    for (const { x, y } of lesson(d, round)) device.learn(x, y);
    process.stdout.write(`${JSON.stringify({ round })}\n`);
    device.send();
  },
});
process.stdin.resume().on('end', () => process.exit(0));
