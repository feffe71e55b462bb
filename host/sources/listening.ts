/** Runs beside the page's own thread: hands on what it hears, some 40 ms at a time. */
export const WORKLET = `registerProcessor('onward-listen', class extends AudioWorkletProcessor {
  heard = new Float32Array(2048);
  count = 0;
  process([[sound]]) {
    if (!sound) return true;
    this.heard.set(sound, this.count);
    this.count += sound.length;
    if (this.count < this.heard.length) return true;
    this.port.postMessage(this.heard.slice());
    this.count = 0;
    return true;
  }
})`;

/** Gives it to an AudioContext: from an address made for it, which a policy of the page allows with `script-src blob:`. */
export async function addListening(worklet: AudioWorklet): Promise<void> {
  const address = URL.createObjectURL(new Blob([WORKLET], { type: 'text/javascript' }));
  try {
    await worklet.addModule(address);
  } finally {
    URL.revokeObjectURL(address);
  }
}
