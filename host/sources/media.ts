/**
 * Asks for the microphone or the camera. Pages may do so from within a click.
 * @throws Error when there is none for this page, or it is refused: the message says what to do
 */
export async function askFor(device: 'microphone' | 'camera', wishes: MediaStreamConstraints): Promise<MediaStream> {
  const devices = (globalThis as { navigator?: Navigator }).navigator?.mediaDevices;
  if (devices === undefined) throw new Error(`this browser gives no ${device} to this page: it needs https or localhost`);
  try {
    return await devices.getUserMedia(wishes);
  } catch (cause) {
    const { name } = cause as Error;
    if (name === 'NotAllowedError') throw new Error(`the ${device} was refused: allow it for this page in the browser's settings`, { cause });
    if (name === 'NotFoundError') throw new Error(`there is no ${device}: connect one`, { cause });
    if (name === 'NotReadableError') throw new Error(`the ${device} is in use by another program: end that, or choose another ${device}`, { cause });
    throw cause;
  }
}

/** Message about a device that ended by itself. */
export const wentAway = (device: 'microphone' | 'camera'): string => `the ${device} went away: connect it again, or choose another in the browser's settings, and open it anew`;
