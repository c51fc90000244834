import { ByteSink } from './byteSink.ts';
import { VALUE_TYPES } from './expression.ts';
import type { ValueType } from './expression.ts';
import { FunctionBuilder } from './functionBuilder.ts';
import type { FunctionHandle } from './local.ts';

const HEADER = [0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00];
const SECTION = { types: 1, imports: 2, functions: 3, memory: 5, exports: 7, code: 10, data: 11 } as const;
const FUNCTION_TYPE = 0x60;
const EXPORT = { function: 0x00, memory: 0x02 } as const;
const LIMITS = { open: 0x00, closed: 0x01, shared: 0x03 } as const;
const ACTIVE_IN_MEMORY_0 = 0x00;
const I32_CONST = 0x41;
const END = 0x0b;
const UNREACHABLE = 0x00;

/** Sizes in pages of 65 536 bytes; a shared memory needs a maximum. */
export interface MemoryLimits {
  readonly initial: number;
  readonly maximum?: number;
  readonly shared?: boolean;
}

interface Built {
  readonly handle: FunctionHandle;
  readonly body: FunctionBuilder;
  readonly exported: boolean;
}

/**
 * A WebAssembly module with one memory, written at run time.
 * @source WebAssembly core specification 2.0, §5.5
 */
export class ModuleBuilder {
  readonly #functions: Built[] = [];
  readonly #data: { readonly at: number; readonly bytes: ArrayLike<number> }[] = [];
  #memory: { readonly from?: { readonly module: string; readonly name: string }; readonly limits: MemoryLimits } | undefined;

  importMemory(module: string, name: string, limits: MemoryLimits): void {
    this.#memory = { from: { module, name }, limits };
  }

  /** A memory of its own, exported as `memory`. */
  ownMemory(limits: MemoryLimits): void {
    this.#memory = { limits };
  }

  /** Bytes that are there when the module starts. */
  data(at: number, bytes: ArrayLike<number>): void {
    this.#data.push({ at, bytes });
  }

  /**
   * A function, exported under its name.
   * @param build declares the parameters, then writes the body; where `result` is a type, the body ends in `return`
   */
  function<R extends ValueType | 'nothing'>(name: string, result: R, build: (f: FunctionBuilder) => void): FunctionHandle<R> {
    return this.#add(name, result, true, build);
  }

  /** As `function`, to be called from inside only. */
  innerFunction<R extends ValueType | 'nothing'>(name: string, result: R, build: (f: FunctionBuilder) => void): FunctionHandle<R> {
    return this.#add(name, result, false, build);
  }

  /** The finished module. */
  toBytes(): Uint8Array<ArrayBuffer> {
    const out = new ByteSink();
    out.bytes(HEADER);
    const section = (id: number, count: number, write: (content: ByteSink) => void): void => {
      if (count === 0) return;
      const content = new ByteSink();
      content.unsigned(count);
      write(content);
      out.byte(id);
      out.sized(content);
    };
    const functions = this.#functions;
    const imported = this.#memory?.from;
    const own = this.#memory !== undefined && imported === undefined ? this.#memory.limits : undefined;
    section(SECTION.types, functions.length, (content) => functions.forEach(({ handle }) => writeType(handle, content)));
    section(SECTION.imports, imported === undefined ? 0 : 1, (content) => this.#writeImport(content));
    section(SECTION.functions, functions.length, (content) => functions.forEach((_, index) => content.unsigned(index)));
    section(SECTION.memory, own === undefined ? 0 : 1, (content) => { if (own !== undefined) writeLimits(own, content); });
    const exported = functions.filter((built) => built.exported);
    section(SECTION.exports, exported.length + (own === undefined ? 0 : 1), (content) => {
      for (const { handle } of exported) writeExport(handle.name, EXPORT.function, handle.index, content);
      if (own !== undefined) writeExport('memory', EXPORT.memory, 0, content);
    });
    section(SECTION.code, functions.length, (content) => functions.forEach(({ body }) => body.finish(content)));
    section(SECTION.data, this.#data.length, (content) => this.#writeData(content));
    return out.view().slice();
  }

  #add<R extends ValueType | 'nothing'>(name: string, result: R, exported: boolean, build: (f: FunctionBuilder) => void): FunctionHandle<R> {
    const body = new FunctionBuilder();
    build(body);
    // A function that returns does so in its body; what stands behind the last `return` is never reached.
    if (result !== 'nothing') body.code.byte(UNREACHABLE);
    const handle = { name, index: this.#functions.length, params: body.params, result };
    this.#functions.push({ handle, body, exported });
    return handle;
  }

  #writeImport(content: ByteSink): void {
    const memory = this.#memory;
    if (memory?.from === undefined) return;
    content.name(memory.from.module);
    content.name(memory.from.name);
    content.byte(EXPORT.memory);
    writeLimits(memory.limits, content);
  }

  #writeData(content: ByteSink): void {
    for (const { at, bytes } of this.#data) {
      content.bytes([ACTIVE_IN_MEMORY_0, I32_CONST]);
      content.signed(BigInt(at), 32);
      content.byte(END);
      content.unsigned(bytes.length);
      content.bytes(bytes);
    }
  }
}

function writeType({ params, result }: FunctionHandle, content: ByteSink): void {
  content.byte(FUNCTION_TYPE);
  content.unsigned(params.length);
  content.bytes(params.map((type) => VALUE_TYPES[type]));
  content.bytes(result === 'nothing' ? [0] : [1, VALUE_TYPES[result]]);
}

function writeLimits({ initial, maximum, shared = false }: MemoryLimits, content: ByteSink): void {
  if (shared && maximum === undefined) throw new TypeError('A shared memory needs a maximum.');
  content.byte(shared ? LIMITS.shared : maximum === undefined ? LIMITS.open : LIMITS.closed);
  content.unsigned(initial);
  if (maximum !== undefined) content.unsigned(maximum);
}

function writeExport(name: string, kind: number, index: number, content: ByteSink): void {
  content.name(name);
  content.byte(kind);
  content.unsigned(index);
}
