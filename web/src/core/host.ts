// The shared rules, compiled from core/ to WebAssembly: a JSON request in, a JSON answer out
// (core/wasm/call.h). One instance; after a trap it is dropped and a fresh one is made, because a
// half-finished instance must not be asked again. The core has no state but the loaded outlines.
import url from 'virtual:core-wasm';
import { text_of, utf8, type Bytes } from '../crypto/bytes.ts';

interface Exports {
  memory: WebAssembly.Memory;
  alloc(size: number): number;
  free_(pointer: number, size: number): void;
  call(pointer: number, size: number): number;
  out(): number;
  _initialize?: () => void;
}

export interface CoreError {
  error: { code: string; field: string; rule: string; detail: string };
}

export class Core {
  #module: WebAssembly.Module;
  #live: Exports | null = null;

  private constructor(module: WebAssembly.Module) {
    this.#module = module;
  }

  static async from(bytes: Bytes | Response): Promise<Core> {
    const module =
      bytes instanceof Response
        ? await WebAssembly.compileStreaming(bytes)
        : await WebAssembly.compile(bytes);
    const core = new Core(module);
    await core.#revive();
    return core;
  }

  async #revive(): Promise<Exports> {
    const instance = await WebAssembly.instantiate(this.#module, stubs(this.#module));
    const live = instance.exports as unknown as Exports;
    live._initialize?.();
    this.#live = live;
    return live;
  }

  /** Throws CoreTrap when the core stopped; the next call works on a fresh instance. */
  async ask<T>(request: object): Promise<T | CoreError> {
    const live = this.#live ?? (await this.#revive());
    try {
      return JSON.parse(exchange(live, utf8(JSON.stringify(request)))) as T | CoreError;
    } catch (reason) {
      this.#live = null;
      throw new CoreTrap(String((request as { op?: string }).op), reason);
    }
  }
}

export class CoreTrap extends Error {
  constructor(op: string, cause: unknown) {
    super(`core stopped in ${op}`, { cause });
  }
}

export function is_error(answer: object): answer is CoreError {
  return 'error' in answer;
}

function exchange(live: Exports, request: Bytes): string {
  const pointer = live.alloc(request.length);
  // The memory may have grown: a view is made anew after each call into the core.
  new Uint8Array(live.memory.buffer, pointer, request.length).set(request);
  const size = live.call(pointer, request.length);
  live.free_(pointer, request.length);
  return text_of(new Uint8Array(live.memory.buffer, live.out(), size));
}

// The library imports a few system calls for its abort message; none of them does anything.
function stubs(module: WebAssembly.Module): WebAssembly.Imports {
  const imports: Record<string, Record<string, () => number>> = {};
  const bad_file = 8;
  for (const { module: from, name, kind } of WebAssembly.Module.imports(module)) {
    if (kind === 'function') (imports[from] ??= {})[name] = () => bad_file;
  }
  return imports;
}

let loading: Promise<Core | null> | null = null;

/** The app's core, or null where it cannot be had (not built, not fetched yet, too old). */
export function core(): Promise<Core | null> {
  loading ??= load();
  return loading;
}

async function load(): Promise<Core | null> {
  if (url === '') return null;
  try {
    const response = await fetch(url);
    if (!response.ok) throw new Error(String(response.status));
    return await Core.from(response);
  } catch {
    loading = null; // tried again at the next need
    return null;
  }
}
