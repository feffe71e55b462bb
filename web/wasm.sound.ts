/** Stands in for host/wasm.sound.generated.ts: its address (web/compile-wasm.ts). */
export { default as packed } from '../build/sound.wasm?url';
