/**
 * A certificate that vouches for itself (X.509 version 3, RFC 5280), made where it is needed: its key lives in this process and nowhere else. node:crypto makes keys and signatures, and no
 * certificates; this is the DER around them.
 */
import { X509Certificate, generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import { isIP } from 'node:net';

export interface Certificate {
  /** PEM. */
  readonly cert: string;
  /** PEM. */
  readonly key: string;
  /** SHA-256, for a person to compare: `AB:CD:..`. */
  readonly fingerprint: string;
}

const DAY_MS = 86_400_000;
/** Nobody serves for longer; browsers refuse those that last for years. */
const DAYS = 30;
/** Clocks of phones are late. */
const EARLY_MS = DAY_MS;

const [BOOLEAN, INTEGER, BITS, OCTETS, OID, UTF8, UTC_TIME, LATE_TIME, SEQUENCE, SET] = [1, 2, 3, 4, 6, 12, 23, 24, 0x30, 0x31];
/** Tags of a certificate's own fields, of names in `subjectAltName`. */
const [VERSION, EXTENSIONS, DNS_NAME, IP_ADDRESS] = [0xa0, 0xa3, 0x82, 0x87];

/** One value of DER. */
function der(tag: number, ...parts: readonly Uint8Array[]): Buffer {
  const body = Buffer.concat(parts);
  const length = body.length < 128 ? [body.length] : body.length < 256 ? [0x81, body.length] : [0x82, body.length >> 8, body.length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...length]), body]);
}

/** `1.2.840.10045.4.3.2` */
function oid(dotted: string): Buffer {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number);
  const bytes = rest.flatMap((part) => {
    const sevens = [part & 0x7f];
    for (let more = part >>> 7; more > 0; more >>>= 7) sevens.unshift(0x80 | (more & 0x7f));
    return sevens;
  });
  return der(OID, Uint8Array.of(40 * first + second, ...bytes));
}

/** Two digits of the year until 2049, four from then on. */
function time(when: number): Buffer {
  const digits = new Date(when).toISOString().replace(/[-:T]|\.\d+/g, '');
  return digits < '2050' ? der(UTC_TIME, Buffer.from(digits.slice(2))) : der(LATE_TIME, Buffer.from(digits));
}

const extension = (id: string, critical: boolean, value: Buffer): Buffer => der(SEQUENCE, oid(id), ...(critical ? [der(BOOLEAN, Uint8Array.of(0xff))] : []), der(OCTETS, value));

function alternative(name: string): Buffer {
  return isIP(name) === 4 ? der(IP_ADDRESS, Uint8Array.from(name.split('.'), Number)) : der(DNS_NAME, Buffer.from(name));
}

/** @param names whom it is for: names of machines, addresses of IPv4 */
export function selfSigned(names: readonly string[], now = Date.now()): Certificate {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const ecdsaWithSha256 = der(SEQUENCE, oid('1.2.840.10045.4.3.2'));
  const self = der(SEQUENCE, der(SET, der(SEQUENCE, oid('2.5.4.3'), der(UTF8, Buffer.from('onward serve')))));
  const serial = randomBytes(16);
  serial[0] = (serial[0]! & 0x3f) | 0x40; // above 0, and as short as can be
  const content = der(
    SEQUENCE,
    der(VERSION, der(INTEGER, Uint8Array.of(2))),
    der(INTEGER, serial),
    ecdsaWithSha256,
    self,
    der(SEQUENCE, time(now - EARLY_MS), time(now + DAYS * DAY_MS)),
    self,
    publicKey.export({ type: 'spki', format: 'der' }),
    der(EXTENSIONS, der(
      SEQUENCE,
      extension('2.5.29.19', true, der(SEQUENCE)), // no authority: it vouches for nobody else
      extension('2.5.29.15', true, der(BITS, Uint8Array.of(7, 0x80))), // its key signs
      extension('2.5.29.37', false, der(SEQUENCE, oid('1.3.6.1.5.5.7.3.1'))), // as a server
      extension('2.5.29.17', false, der(SEQUENCE, ...names.map(alternative))),
    )),
  );
  const whole = der(SEQUENCE, content, ecdsaWithSha256, der(BITS, Uint8Array.of(0), sign('sha256', content, privateKey)));
  const made = new X509Certificate(whole);
  return { cert: made.toString(), key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(), fingerprint: made.fingerprint256 };
}
