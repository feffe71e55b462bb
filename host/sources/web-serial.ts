import { Link, type Line, type LinkOptions } from './link.js';

export { encodeFrame, labelFrame, sampleFrame, type Message } from './slip.js';
export type { Link, LinkCounts, LinkOptions } from './link.js';

/** The part of what `navigator.serial.requestPort()` gives that is used here. */
export interface WebSerialPort {
  readonly readable: ReadableStream<Uint8Array> | null;
  readonly writable: WritableStream<Uint8Array> | null;
  /** As of the browser. */
  open(options: { baudRate: number }): Promise<void>;
  /** As of the browser. */
  close(): Promise<void>;
}

/** How a port is opened and read. */
export interface WebSerialOptions extends LinkOptions {
  /** Bits a second, 1 or more, as the device is set. A board on native USB ignores it. Default 115200. */
  baud?: number;
}

/**
 * A board on a serial port of the browser's machine (Web Serial: Chrome and Edge, on a page of https or localhost). The port must come from a click:
 *
 * ```ts
 * button.onclick = async () => {
 *   const board = await openWebSerial(await navigator.serial.requestPort(), { labels: ['idle', 'walk'] });
 *   for await (const { x, y } of board) if (y !== undefined) learner.learn(x, y);
 * };
 * ```
 *
 * Everything else is as in `openSerial`. A board that is plugged in again is the same port to the browser, and is opened again.
 */
export async function openWebSerial(port: WebSerialPort, { baud = 115200, ...options }: WebSerialOptions = {}): Promise<Link> {
  if (typeof port?.open !== 'function') throw new TypeError('port: expected what navigator.serial.requestPort() gives');
  if (!Number.isInteger(baud) || baud < 1) throw new RangeError(`options.baud: got ${baud}; expected bits a second, such as 115200`);
  return Link.open('the serial port', (take) => openLine(port, baud, take), options);
}

async function openLine(port: WebSerialPort, baudRate: number, take: (bytes: Uint8Array) => void): Promise<Line> {
  await port.open({ baudRate });
  let reader: ReadableStreamDefaultReader<Uint8Array> | undefined;
  const writer = port.writable!.getWriter();
  writer.closed.catch(() => {}); // of a device that is gone: the reading tells
  let closing = false;

  const read = async (): Promise<void> => {
    // an overrun or a parity error ends a stream, and the port then has a new one; a device that is gone has none
    while (!closing && port.readable) {
      reader = port.readable.getReader();
      try {
        for (;;) {
          const { value, done } = await reader.read();
          if (done) return;
          take(value);
        }
      } catch {
        // look whether there is another stream
      } finally {
        reader.releaseLock();
      }
    }
  };
  const ended = read().then(async () => {
    try {
      writer.releaseLock();
      await port.close();
    } catch {
      // the device is gone: there is nothing to close
    }
  });
  return {
    ended,
    write: (bytes) => writer.write(bytes),
    async close() {
      closing = true;
      await reader?.cancel().catch(() => {});
      await ended;
    },
  };
}
