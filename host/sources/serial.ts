import { statSync } from 'node:fs';
import { Link, type Line, type LinkOptions } from './link.js';

export { encodeFrame, labelFrame, sampleFrame, type Message } from './slip.js';
export type { Link, LinkCounts, LinkOptions } from './link.js';

/** How a port is opened and read. */
export interface SerialOptions extends LinkOptions {
  /** Bits a second, 1 or more, as the device is set. A board on native USB ignores it. Default 115200. */
  baud?: number;
}

/**
 * A board on a serial port, through the package `serialport` (an optional peer: `npm install serialport`). Iterate it for the samples that the
 * board sends; `send` gives it samples and labels; what it predicts comes to `onMessage`.
 *
 * ```ts
 * const board = await openSerial('/dev/serial/by-id/usb-Raspberry_Pi_Pico-if00', { labels: ['idle', 'walk'], onMessage: console.log });
 * await board.send(sampleFrame(1, [0.1, 9.8, 0.3], null));
 * for await (const { x, y } of board) if (y !== undefined) learner.learn(x, y);
 * ```
 *
 * @param path `/dev/ttyACM0`, `COM3`; on Linux the names in /dev/serial/by-id stay the same when a board is plugged in again
 * @throws when the package or the port is missing, or the port is another program's
 */
export async function openSerial(path: string, { baud = 115200, ...options }: SerialOptions = {}): Promise<Link> {
  if (typeof path !== 'string' || path === '') throw new TypeError('path: expected the name of a serial port, such as /dev/ttyACM0 or COM3');
  if (!Number.isInteger(baud) || baud < 1) throw new RangeError(`options.baud: got ${baud}; expected bits a second, such as 115200`);
  let serialport: typeof import('serialport');
  try {
    serialport = await import('serialport');
  } catch (cause) {
    throw new Error('serial: the package is not installed: npm install serialport', { cause });
  }
  const { SerialPort } = serialport;
  const open = (take: (bytes: Uint8Array) => void): Promise<Line> =>
    new Promise((resolve, reject) => {
      // lock: two programs on one port would each get half of the bytes
      const port = new SerialPort({ path, baudRate: baud, lock: true, autoOpen: false });
      const ended = new Promise((gone) => port.once('close', gone));
      port.on('data', take);
      port.on('error', () => {}); // 'close' follows where the device is gone
      port.open((error) => {
        if (error) reject(new Error(`serial: ${path} cannot be opened (${error.message.replace(/^Error:? */, '')}): is the board plugged in, and is no other program using it?`, { cause: error }));
        else {
          const close = (): void => void (port.isOpen && port.close(() => {}));
          void ended.then(whenGone(path, close));
          resolve({ ended, write: (bytes) => writeTo(port, bytes), close: async () => void (close(), await ended) });
        }
      });
    });
  return Link.open(path, open, options);
}

function writeTo(port: import('serialport').SerialPort, bytes: Uint8Array): Promise<void> {
  return new Promise((resolve, reject) => {
    port.write(Buffer.from(bytes), (error) => void (error && reject(error)));
    port.drain((error) => (error ? reject(error) : resolve()));
  });
}

const WATCH_MS = 500;

/**
 * Calls `gone` when the device file is no longer there, or is another one; returns what ends the watch. The driver tells of a device that was
 * pulled in most cases only: on a busy machine six test runs in 22 waited for a 'close' that never came, none in 25 with this watch. Where ports are no files (COM3) there is nothing to watch.
 */
function whenGone(path: string, gone: () => void): () => void {
  const device = (): number | undefined => statSync(path, { throwIfNoEntry: false })?.ino;
  const opened = device();
  const watch = opened === undefined ? undefined : setInterval(() => device() !== opened && gone(), WATCH_MS).unref();
  return () => clearInterval(watch);
}
