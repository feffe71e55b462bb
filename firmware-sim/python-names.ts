/** Words of Python's grammar: `import class` is no line of Python. */
const KEYWORDS = 'and as assert async await break class continue def del elif else except finally for from global if import in is lambda nonlocal not or pass raise return try while with yield';

/** Modules that MicroPython 1.25 has built in, on any of its ports: another of that name does not link, or hides it from the program. */
const MODULES = `array binascii bluetooth btree builtins cmath collections cryptolib deflate errno esp esp32 espidf espnow ffi framebuf gc hashlib heapq io jni js jsffi json lwip machine
  marshal math micropython mimxrt network onewire openamp os platform pyb random re renesas rp2 samd select socket ssl stm struct sys termios time tls uctypes vfs webrepl websocket
  zephyr zsensor`;

/** Modules of MicroPython that are files, and the programs that a board starts with: an import would find the learner in their place. */
const FILES = 'aioble asyncio boot datetime dht ds18x20 flashbdev inisetup main mip neopixel ntptime requests uasyncio urequests';

const wordsOf = (text: string): readonly string[] => text.split(/\s+/);
const TAKEN = [...wordsOf(MODULES), ...wordsOf(FILES)];

/** The reason why a module of MicroPython cannot bear this name; undefined where it can. */
export function whyNoModule(name: string): string | undefined {
  if (wordsOf(KEYWORDS).includes(name)) return `${name} is a keyword of Python`;
  if (TAKEN.includes(name)) return `MicroPython has a module ${name} of its own`;
  if (name.startsWith('u') && TAKEN.includes(name.slice(1))) return `${name} is MicroPython's other name for its module ${name.slice(1)}`;
  return undefined;
}
