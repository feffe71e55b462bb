import { PICTURE_VALUES } from '../host/sources/picture-shape.js';

/** The signals that a visitor can choose. */
export interface Signal {
  about: string;
  /** It is played, with a speed; the others come by themselves. */
  recorded: boolean;
  /** Name in a sentence about the connection. */
  title: string;
  /** Moments of a sample, at first. */
  window: number;
  /** Values of a moment, where they are always as many; then its window is always the same, too. */
  channels?: number;
  /** Word on the button that connects it, and for what lasts while a label is held. Default: `Connect`, its motion lasts. */
  verb?: string;
  lasts?: string;
  /** Labels to begin with. */
  labels: readonly string[];
  /** Percent: what is less familiar, or less alike, is unknown, at first. Chosen by hand movements, sounds and things that were held for 3 s (docs/decisions/pages.md). */
  unknownBelow: number;
  /** Tells what is unknown. Default: familiar. */
  tells?: 'alike';
  /** May bring labels of its own. */
  labelled: boolean;
}

export const SIGNALS: Record<string, Signal> = {
  gestures: { about: '', recorded: true, title: 'Wand', window: 32, channels: 2, labels: [], unknownBelow: 0.5, labelled: true },
  fan: { about: 'Reading the recording…', recorded: true, title: 'Fan', window: 50, channels: 3, labels: [], unknownBelow: 0.5, labelled: true },
  csv: { about: 'Numbers in columns, a label in one of them. The file stays on this device.', recorded: true, title: 'CSV file', window: 1, labels: [], unknownBelow: 0.5, labelled: true },
  motion: { about: 'The accelerometer of a phone, held in the hand. Hold a label while you move.', recorded: false, title: 'Motion sensor', window: 32, labels: ['motion 1', 'motion 2'], unknownBelow: 1, labelled: false },
  sound: { about: 'The microphone of this device. Hold a label for some seconds while it sounds; no sound leaves the tab until you press On a phone.', recorded: false, title: 'Microphone', window: 8000, channels: 1, verb: 'Listen', lasts: 'its sound lasts', labels: ['sound 1', 'sound 2'], unknownBelow: 25, tells: 'alike', labelled: false },
  camera: { about: 'The camera of this device. Hold something before it, and a label with it for three seconds; move it about meanwhile. No picture leaves the tab until you press On a phone.', recorded: false, title: 'Camera', window: 1, channels: PICTURE_VALUES, verb: 'Look', lasts: 'its thing is before the camera', labels: ['thing 1', 'thing 2'], unknownBelow: 25, tells: 'alike', labelled: false },
  bluetooth: { about: 'A BBC micro:bit with its accelerometer service, or a board that sends lines of JSON (Nordic’s UART) or onward’s frames. Press Connect and choose it; hold a label while you move it.', recorded: false, title: 'Bluetooth', window: 32, labels: ['motion 1', 'motion 2'], unknownBelow: 1, labelled: true },
  serial: { about: 'A board that sends sample frames (SLIP with a CRC, as the firmware does) over a serial port.', recorded: false, title: 'Serial port', window: 32, labels: [], unknownBelow: 1, labelled: true },
  mqtt: { about: 'JSON samples from a topic, {"temp": 21.5, "vibration": 0.31}, through a broker’s WebSocket.', recorded: false, title: 'MQTT', window: 1, labels: [], unknownBelow: 1, labelled: true },
};

/** From one sample to the next, where they come by themselves: three seconds of a hand give 25, of sound 11. Below 8 moments none overlap. */
export const hopOf = (window: number): number | undefined => (window < 8 ? undefined : Math.floor(window / 5));
