export { chunkBuffer } from './attachment/base64-letters.ts'
export { fileKinds } from './attachment/file-kinds.ts'
export type { FileSpool, SpoolFile } from './attachment/file-spool.ts'
export { defaultLimits } from './limits.ts'
export type * from './model.ts'
export {
  createEnvelopeChecker,
  createEnvelopeReader,
  type DecodedFile,
  type EnvelopeReader,
  type SpooledReading,
} from './read/envelope-reader.ts'
export { readEnvelope } from './read/read-envelope.ts'
export type * from './reading.ts'
export type { AttachmentInput, DocumentInput, StatusInput } from './write/input.ts'
export { writeDocument } from './write/write-document.ts'
export { writeStatus } from './write/write-status.ts'
