/** Stands in for host/sources/listening.ts: the page's policy allows scripts that are files of its own, so this one is a file beside it (vite.config.ts). */
export const addListening = (worklet: AudioWorklet): Promise<void> => worklet.addModule('./listening.js');
