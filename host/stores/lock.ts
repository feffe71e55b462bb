import { closeSync, openSync, readFileSync, readdirSync, readlinkSync, rmSync, writeSync } from 'node:fs';
import { hostname } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { crc32 } from '../checksum.js';
import { LearnerError } from '../errors.js';
import { flock, isLocked } from './flock.js';

/**
 * One process at a time, by claims: a process puts down a file of its own, then looks whether another one's lies there. Claims
 * that are put down at the same time see each other, so two can never both go on; and no claim is ever removed in mistake for
 * another, because its name says whose it is:
 *
 *     <path>.lock-<process id>-<when it started>-<which boot and namespace>-<host>
 *
 * A process that is gone holds nothing. Its number may have been given to another process since: the start time tells them apart,
 * and the boot does after a restart, where a gateway gives the same numbers at the same moments. Outside of Linux only the number is known;
 * one that was given out again then holds the lock until its process ends.
 *
 * From one container to another process numbers mean nothing, though both may have one host name and one disk. There the kernel says who is alive: a process holds its lock
 * on its own claim, where there is one (flock.ts), and says in the claim that it does. A claim that is made without it in another container is believed.
 */
export interface Claim {
  release(): void;
}

/** Contenders that saw each other step back and come again, a random while later. */
const TRIES = 6;
const LONGEST_WAIT_MS = 60;

/** Claims of this process; its worker threads each have a set of their own, and find the file. */
const own = new Set<string>();

/** @throws LearnerError `ESTORE_LOCKED`, naming the process that has it. */
export async function claim(path: string): Promise<Claim> {
  const folder = dirname(path);
  const prefix = `${basename(path)}.lock-`;
  const start = startOf(process.pid);
  const me = `${process.pid}-${start ?? ''}-${ERA}-${encodeURIComponent(hostname())}`;
  const file = join(folder, prefix + me);
  const mine = 'this process has it open already: share the one store, or close it first';
  if (own.has(file)) throw locked(path, mine);

  let holder = '';
  let open: number | undefined;
  for (let attempt = 0; attempt < TRIES; attempt++) {
    if (attempt > 0) await new Promise((resolve) => setTimeout(resolve, LONGEST_WAIT_MS * Math.random()));
    try {
      // where the start is not known, a claim of this name may be left over from a dead process with the same number
      open = openSync(file, start === undefined ? 'w' : 'wx');
      own.add(file);
      // before it looks at others, so that of two that look at each other one at least sees a lock
      writeSync(open, `process ${process.pid} of ${hostname()} writes ${path}\nboot ${BOOT}, ${flock(open) === 'held' ? LOCKED : 'without'} the lock of the kernel\n`);
      holder = readdirSync(folder).find((name) => name.startsWith(prefix) && name !== prefix + me && isHeld(folder, name, prefix)) ?? '';
    } catch (cause) {
      if ((cause as NodeJS.ErrnoException).code === 'EEXIST') throw locked(path, mine);
      release();
      throw new LearnerError('ESTORE_WRITE', `store: no lock could be put down beside ${path} (${(cause as Error).message})`, { cause });
    }
    if (holder === '') return { release };
    release();
  }
  const [, pid, , era, host] = /^(\d+)-(\d*)-(\w*)-(.*)$/.exec(holder.slice(prefix.length)) ?? [];
  const elsewhere = decodeURIComponent(host!) !== hostname() ? `the host ${decodeURIComponent(host!)}` : era !== ERA ? 'another container' : undefined;
  throw locked(
    path,
    elsewhere === undefined ? `process ${pid} has it open: stop that one, or give this one a path of its own` : `process ${pid} of ${elsewhere} has it open; if that one is gone, delete ${join(folder, holder)}`,
  );

  function release(): void {
    own.delete(file);
    rmSync(file, { force: true });
    if (open !== undefined) closeSync(open);
    open = undefined;
  }
}

/** True if the owner of a claim may be alive. Claims of dead owners are removed. */
function isHeld(folder: string, name: string, prefix: string): boolean {
  const [, pid, start, era, host] = /^(\d+)-(\d*)-(\w*)-(.*)$/.exec(name.slice(prefix.length)) ?? [];
  if (pid === undefined) return false; // not a name of ours
  if (host !== encodeURIComponent(hostname())) return true; // another machine on a shared disk: nobody can tell from here
  if (era !== ERA && isHeldElsewhere(join(folder, name))) return true;
  if (era === ERA && isAlive(Number(pid)) && (startOf(Number(pid)) ?? '') === start) return true;
  rmSync(join(folder, name), { force: true });
  return false;
}

/** A claim of another boot, or of another container of this one. */
function isHeldElsewhere(file: string): boolean {
  try {
    const [, boot, lock] = /^boot (\S+), (with|without) the lock of the kernel$/m.exec(readFileSync(file, 'utf8')) ?? [];
    return boot === BOOT && (lock !== LOCKED || isLocked(file));
  } catch {
    return false; // it has just gone
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'; // there, and somebody else's
  }
}

/** When a process started, in clock ticks since the boot; undefined for one that is gone (or a zombie), and where there is no /proc. */
function startOf(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' '); // the name before it may hold blanks and brackets
    return fields[0] === 'Z' || fields[0] === 'X' ? undefined : fields[19];
  } catch {
    return undefined;
  }
}

const LOCKED = 'with';
const BOOT = bootOf();

function bootOf(): string {
  try {
    return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
  } catch {
    return '-';
  }
}

/** Within which process numbers mean something: one boot of the kernel, one namespace (a container started anew has another). */
const ERA = eraOf();

function eraOf(): string {
  try {
    return crc32(new TextEncoder().encode(BOOT + readlinkSync('/proc/self/ns/pid'))).toString(16);
  } catch {
    return '';
  }
}

function locked(path: string, why: string): LearnerError {
  return new LearnerError('ESTORE_LOCKED', `store: ${path} is in use: ${why}`);
}
