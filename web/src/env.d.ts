/// <reference types="svelte" />
/// <reference types="vite/client" />

declare const __VERSION__: string;

declare module 'virtual:core-wasm' {
  const url: string;
  export default url;
}
