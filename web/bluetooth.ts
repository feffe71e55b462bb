/** A board over Bluetooth as a signal; this file is fetched when it is chosen. */
import { openBluetooth } from '../host/sources/bluetooth.js';
import { listenToBoard, type Listener, type Live } from './live.js';
import { words } from './words.js';

/** Must be called from a click: the browser shows the devices that are near then. */
export const listenToBluetooth = (listener: Listener): Promise<Live> => listenToBoard(listener, words.live.near, openBluetooth);
