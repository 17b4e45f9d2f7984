/** Bytes that can be read at any place: a Buffer is one, and so is a file with a reader. */
export interface ByteSource {
  readonly length: number
  /** @param to offset after the last byte; at most `length` */
  subarray(from: number, to: number): Buffer
}
