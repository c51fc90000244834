import { toErrorInfo } from '../../kernels/labError.ts';
import { MULTIPART_TYPE } from '../../kernels/codecs/mjpeg/index.ts';

/** Parts kept one after another: in memory, or written to a file as they come. */
export class Recording {
  frames = 0;
  bytes = 0;
  private readonly parts: Uint8Array<ArrayBuffer>[] = [];
  private readonly file: FileSystemWritableFileStream | undefined;
  private writing: Promise<void> = Promise.resolve();
  private fault: unknown;

  private constructor(file: FileSystemWritableFileStream | undefined) {
    this.file = file;
  }

  static async begin(handle: FileSystemFileHandle | undefined): Promise<Recording> {
    return new Recording(await handle?.createWritable());
  }

  add(part: Uint8Array): void {
    const copy = Uint8Array.from(part);
    this.frames += 1;
    this.bytes += copy.length;
    const { file } = this;
    if (file === undefined) this.parts.push(copy);
    else this.writing = this.writing.then(() => file.write(copy)).catch((thrown: unknown) => { this.fault ??= thrown; });
  }

  /** @throws what writing the file threw */
  async finish(): Promise<Blob | undefined> {
    await this.writing;
    await this.file?.close();
    if (this.fault !== undefined) throw this.fault instanceof Error ? this.fault : new Error(toErrorInfo(this.fault).what);
    return this.file === undefined ? new Blob(this.parts, { type: MULTIPART_TYPE }) : undefined;
  }
}
