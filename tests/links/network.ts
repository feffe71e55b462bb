// Hosts in network namespaces of this machine, each on a cable of its own to the broker's host. Linux, as root.

import { execFileSync, spawn, type ChildProcess, type StdioOptions } from 'node:child_process';

export interface Cable {
  /** Share of packets that never arrive, in either direction. */
  loss: number;
  /** With a delay of 40 +- 10 ms each way where the kernel has netem; otherwise 1 Mbit/s each way, whose queue is the delay. */
  slow: boolean;
}

const DELAY = ['netem', 'delay', '40ms', '10ms'];
const NARROW = ['tbf', 'rate', '1mbit', 'burst', '4kb', 'latency', '400ms'];

const run = (command: string, ...args: string[]): string => execFileSync(command, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });

export class Network {
  /** How its cables are slow; '' where they are not. */
  readonly slowness: string;
  readonly #prefix = `onward-${process.pid}-`;
  readonly #spaces: string[] = [];

  constructor(hosts: number, cable: Cable) {
    try {
      this.slowness = this.#build(hosts, cable);
    } catch (error) {
      this.remove();
      throw error;
    }
  }

  #build(hosts: number, { loss, slow }: Cable): string {
    const hub = this.#add('hub');
    run('ip', '-n', hub, 'link', 'set', 'dev', 'lo', 'up');
    const slowness = this.#has(DELAY) ? DELAY : NARROW;
    for (let d = 0; d < hosts; d++) {
      const host = this.#add(d);
      run('ip', 'link', 'add', `d${d}`, 'netns', hub, 'type', 'veth', 'peer', 'name', 'up', 'netns', host);
      for (const [space, device, address] of [[hub, `d${d}`, 1], [host, 'up', 2]] as const) {
        run('ip', '-n', space, 'address', 'add', `10.77.${d}.${address}/30`, 'dev', device);
        // packets of 1,500 bytes, as on a real cable: otherwise an update of 16 kB is one packet, lost or not
        run('ip', '-n', space, 'link', 'set', 'dev', device, 'gso_max_segs', '1', 'up');
        if (slow) run('tc', '-n', space, 'qdisc', 'add', 'dev', device, 'root', ...slowness);
      }
    }
    // where packets arrive: a sender that is told of a loss is no sender on a bad cable
    const rule = `table inet cable { chain arrive { type filter hook input priority 0; iifname != "lo" numgen random mod 1000 < ${Math.round(1000 * loss)} counter drop; }; }`;
    if (loss > 0) for (const space of this.#spaces) run('ip', 'netns', 'exec', space, 'nft', rule);
    return slow ? slowness.join(' ') : '';
  }

  /** Where a host finds the broker. */
  broker(d: number): string {
    return `mqtt://10.77.${d}.1:1883`;
  }

  /** A program on the broker's host, or on that of a device. */
  spawn(where: 'hub' | number, command: string[], stdio: StdioOptions): ChildProcess {
    return spawn('ip', ['netns', 'exec', this.#name(where), ...command], { stdio });
  }

  /** Pulls a host's cable, or plugs it in again. */
  plug(d: number, plugged: boolean): void {
    run('ip', '-n', this.#name('hub'), 'link', 'set', 'dev', `d${d}`, plugged ? 'up' : 'down');
  }

  /** TCP segments that were sent, and sent again, by all. */
  segments(): { sent: number; again: number } {
    let [sent, again] = [0, 0];
    for (const space of this.#spaces) {
      const [names, values] = run('ip', 'netns', 'exec', space, 'cat', '/proc/net/snmp').split('\n').filter((line) => line.startsWith('Tcp:')).map((line) => line.split(' ')) as [string[], string[]];
      sent += Number(values[names.indexOf('OutSegs')]);
      again += Number(values[names.indexOf('RetransSegs')]);
    }
    return { sent, again };
  }

  /** With all that still runs there. */
  remove(): void {
    for (const space of this.#spaces) {
      const left = run('ip', 'netns', 'pids', space).trim().split('\n').filter(Boolean);
      for (const pid of left) process.kill(Number(pid), 'SIGKILL');
      run('ip', 'netns', 'del', space);
    }
    this.#spaces.length = 0;
  }

  #name(where: 'hub' | number): string {
    return this.#prefix + where;
  }

  #add(where: 'hub' | number): string {
    const name = this.#name(where);
    run('ip', 'netns', 'add', name);
    this.#spaces.push(name);
    return name;
  }

  #has(qdisc: readonly string[]): boolean {
    try {
      run('tc', '-n', this.#name('hub'), 'qdisc', 'add', 'dev', 'lo', 'root', ...qdisc);
      run('tc', '-n', this.#name('hub'), 'qdisc', 'del', 'dev', 'lo', 'root');
      return true;
    } catch {
      return false;
    }
  }
}
