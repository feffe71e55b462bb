/** Stands in for host/share.ts: what learns on a page is too little to share instances. */
import { instantiateCore, type Core } from '../host/instantiate.js';
import { Place, Seat } from '../host/seat.js';

export function placeFor<Exports extends Core>(module: WebAssembly.Module, words: Int32Array, reasons: readonly string[]): Place<Exports> {
  return new Place(new Seat<Exports>(() => instantiateCore(module, words, reasons)), words);
}
