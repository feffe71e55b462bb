/** Stands in for host/wasm.detector.generated.ts: its address (web/compile-wasm.ts). */
export { default as packed } from '../build/detector.wasm?url';
