/** One channel of the running standardisation as it lies in the state: FORMAT.md, channels. */
export const CHANNEL_BYTES = 32;
/** Where the count of a channel stops. */
const SETTLED = 2047;
/** Values within so many units are never compressed: where a channel has not varied. */
export const UNLIMITED = 2 ** 31 - 1;

/** The first field of channels [0, count) outside of its range, in words; undefined where all is well. `at` is where they begin. */
export function channelsFault(view: DataView, at: number, count: number): string | undefined {
  for (let channel = 0; channel < count; channel++) {
    const fault = faultAt(view, at + channel * CHANNEL_BYTES);
    if (fault !== undefined) return `channel ${channel} with ${fault}`;
  }
  return undefined;
}

function faultAt(view: DataView, at: number): string | undefined {
  const variance = view.getUint32(at + 4, true);
  const seen = view.getUint16(at + 10, true);
  const shift = view.getInt8(at + 12);
  const exponent = view.getInt8(at + 13);
  if (variance !== 0 && (variance < 2 ** 29 || variance >= 2 ** 31)) return `variance ${variance}`;
  if (seen > SETTLED) return `${seen} values seen`;
  if (shift < -11 || shift > 31) return `shift ${shift}`;
  if (exponent < -126 || exponent > 102) return `exponent ${exponent}`;
  const centre = view.getInt32(at + 16, true);
  const tail = view.getInt32(at + 20, true);
  const reach = view.getUint32(at + 24, true);
  const spread = view.getInt16(at + 28, true);
  const moved = view.getUint16(at + 30, true);
  if (Math.abs(centre) >= 2 ** 27) return `centre ${centre}`;
  if (Math.abs(tail) >= 2 ** 27) return `tail ${tail}`;
  if (moved > 2047) return `${moved} values of a spread`;
  if (moved === 0 ? reach !== UNLIMITED : reach < 1 || reach > 2 ** 30) return `reach ${reach}`;
  // until the third reading the second waits in the tail, and 16 bits that stand for it in the spread
  if (seen !== 2 && (spread < 0 || spread > 30 * 1024)) return `spread ${spread}`;
  return undefined;
}
