import { spawn } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { cpSync, existsSync, readFileSync, readdirSync } from 'node:fs';
import { createServer, type RequestListener, type Server } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import { isIP, type AddressInfo } from 'node:net';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { UsageError, type Arguments, type Command } from './arguments.js';
import type { Certificate } from './certificate.js';
import { withoutBodies } from './http-server.js';
import { addressesOf, ownAddresses } from './own-addresses.js';
import { packageFile } from './package-file.js';
import { servePage } from './page-server.js';

const PORT = 8642;
/** A browser asks at once. */
const REQUEST_MS = 10_000;
/** A project of 64 MB over a slow network takes some time. */
const UPLOAD_MS = 300_000;
/** On the machine that opens it, whichever that is. */
const LOOPBACK = /^\w+:\/\/(localhost|127\.[\d.]+|\[::1\])(?=[:/]|$)/i;

export const serve: Command = {
  name: 'serve',
  operands: '',
  about: 'A web page that teaches a network in the browser: from a recording, a phone\'s motion, Bluetooth, a serial port or MQTT.',
  options: {
    lan: { help: 'for phones and others on this network: https with a certificate made now, a QR code,\nand the page may hand over what it learned' },
    port: { value: 'N', help: `where to listen (default: ${PORT}; 0: any free one)` },
    host: { value: 'ADDRESS', help: 'which interface (default: 127.0.0.1, this machine only; 0.0.0.0, and with\n--lan: all of them)' },
    connect: { value: 'ORIGIN,..', help: 'whom the page may talk to beside this server: ws://broker:9001\n(default: nobody)' },
    cert: { value: 'FILE', help: 'a certificate in PEM, with --key: https; with --lan in place of its own' },
    key: { value: 'FILE', help: 'its private key' },
    open: { help: 'open it in the browser' },
    out: { value: 'DIR', help: 'serve nothing: write the page into a new folder, for any other server' },
  },
  notes: [
    'The page is files only: what it learns stays in the browser, until a visitor hands it over (--lan). It ends with Ctrl-C.',
    '',
    'Examples:',
    '  onward serve --open',
    '  onward serve --lan                             a phone joins by its camera',
    '  onward serve --connect ws://localhost:9001     the page may listen to a broker',
    '  onward serve --out public                      then copy public/ to a web server',
  ],
  async run(args) {
    const page = fileURLToPath(packageFile('dist/web/index.html')).slice(0, -'index.html'.length);
    const fan = fileURLToPath(packageFile('data/accelerometer_fan.csv.gz'));
    const out = args.text('out');
    const lan = args.has('lan');
    if (out !== undefined && lan) throw new UsageError('--out serves nothing, so no phone joins: leave --lan or --out out');
    if (out !== undefined) return write(page, fan, out);

    const connect = originsOf(args.text('connect'));
    const host = args.text('host') ?? (lan ? '0.0.0.0' : '127.0.0.1');
    const given = certificateOf(args);
    const names = (lan && given && args.text('host') === undefined ? namesIn(given.cert) : undefined) ?? addressesOf(host, lan);
    const made = lan && given === undefined ? await certificateFor(host) : undefined;
    const secure = given ?? made;
    const plain = secure && connect.find((origin) => /^ws:/i.test(origin) && !LOOPBACK.test(origin));
    if (plain) throw new UsageError(`--connect ${plain}: from a page of https, browsers reach other machines by wss:// only`);
    const still = withoutBodies(servePage(page, { connect, more: { '/fan.csv.gz': fan } }));
    const listener: RequestListener = lan ? (await import('./handover.js')).withHandover(still) : still;
    const server = secure === undefined ? createServer(listener) : createSecureServer(secure, listener);
    [server.requestTimeout, server.headersTimeout] = [lan ? UPLOAD_MS : REQUEST_MS, REQUEST_MS];
    await listen(server, args.whole('port', 0, 65535) ?? PORT, host);

    const { port } = server.address() as AddressInfo;
    const addresses = names.map((name) => `${secure === undefined ? 'http' : 'https'}://${name}:${port}/`);
    const broker = connect.find((origin) => !lan || !LOOPBACK.test(origin)); // a phone's localhost is the phone
    const first = addresses[0]! + (broker === undefined ? '' : `#mqtt=${broker}`);
    const ended = untilSignal(server); // before anybody knows that it is there
    process.stdout.write(`${[first, ...addresses.slice(1)].join('\n')}\n`);
    if (lan) await invite(first, made?.fingerprint);
    else if (secure === undefined && host !== '127.0.0.1' && host !== 'localhost') process.stderr.write('over http, browsers of other devices give no motion sensor and keep nothing offline: --lan gives the sensor, --cert and --key both\n');
    if (args.has('open')) openBrowser(first);
    await ended;
  },
};

function write(page: string, fan: string, out: string): void {
  if (existsSync(out) && readdirSync(out).length > 0) throw new Error(`--out ${out} is there already and not empty; name a new folder`);
  cpSync(page, out, { recursive: true });
  cpSync(fan, join(out, 'fan.csv.gz'));
  process.stdout.write(`${out}: ready for a web server; for the motion sensor and offline use it must speak https\n`);
}

/** Origins for the page's policy. Only what is plainly one gets into the header. */
function originsOf(list: string | undefined): string[] {
  return (list?.split(',') ?? []).map((text) => {
    const match = /^(wss?):\/\/[a-z0-9.-]+(:\d{1,5})?\/?$/i.exec(text.trim());
    if (match === null) throw new UsageError(`--connect must be origins such as ws://localhost:9001, with commas between them, got ${text}`);
    return text.trim().replace(/\/$/, '');
  });
}

/** Names that a certificate is for, of those that a browser can open; undefined: none. */
function namesIn(cert: Buffer): string[] | undefined {
  const names = [...(new X509Certificate(cert).subjectAltName ?? '').matchAll(/DNS:([a-z0-9.-]+)/gi)].map(([, name]) => name!);
  return names.length === 0 ? undefined : names;
}

function certificateOf(args: Arguments): { cert: Buffer; key: Buffer } | undefined {
  const [cert, key] = [args.text('cert'), args.text('key')];
  if (cert === undefined && key === undefined) return undefined;
  if (cert === undefined || key === undefined) throw new UsageError('--cert and --key go together');
  return { cert: readFileSync(cert), key: readFileSync(key) };
}

async function certificateFor(host: string): Promise<Certificate> {
  const { selfSigned } = await import('./certificate.js');
  const name = hostname().toLowerCase().replace(/\.local$/, '');
  const names = /^[a-z0-9-]{1,63}$/.test(name) ? [name, `${name}.local`] : [];
  return selfSigned(['localhost', ...names, ...(isIP(host) === 0 && !names.includes(host) ? [host] : []), '127.0.0.1', ...(isIP(host) === 4 && host !== '0.0.0.0' ? [host] : ownAddresses())]);
}

/** For a person with a phone: the code, and what its browser is going to ask. */
async function invite(address: string, fingerprint: string | undefined): Promise<void> {
  const { qrText } = await import('./qr-text.js');
  const coloured = process.stderr.isTTY === true && !process.env['NO_COLOR'];
  process.stderr.write(`\n${qrText(address, coloured)}\n${LOOPBACK.test(address) ? 'No phone reaches this machine by this address: leave --host out.' : 'Open it on a phone in the same network: point its camera at the code.'} Ctrl-C ends it.\n`);
  if (fingerprint === undefined) return;
  process.stderr.write(`
The browser will warn, once for each device: this server has made its certificate itself, a moment ago, and nobody
vouches for it. Go on by "Advanced" and "Proceed", in Safari by "Show Details" and "visit this website". What is sent is
encrypted all the same. To be sure who answers, compare the SHA-256 of the certificate:
${fingerprint.replace(/(?<=^.{47}):/, '\n')}
`);
}

async function listen(server: Server, port: number, host: string): Promise<void> {
  try {
    await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, host, resolve));
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException;
    const why = code === 'EADDRINUSE' ? `port ${port} is taken; --port 0 takes any free one` : code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND' ? `--host ${host} is no address of this machine` : message;
    throw new Error(why, { cause });
  }
}

function openBrowser(address: string): void {
  const [command, ...before] = process.platform === 'darwin' ? ['open'] : process.platform === 'win32' ? ['cmd', '/c', 'start', ''] : ['xdg-open'];
  const child = spawn(command!, [...before, address], { stdio: 'ignore', detached: true });
  child.on('error', () => process.stderr.write('no browser could be opened: copy the address\n'));
  child.unref();
}

async function untilSignal(server: Server): Promise<void> {
  await new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
  });
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
}
