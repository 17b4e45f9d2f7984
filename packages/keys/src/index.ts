export { keyDatesFault } from './dates.ts'
export { KeyFault } from './key-fault.ts'
export { openSigningKey } from './open-signing-key.ts'
export type { KeySource, Pkcs11Source, SigningKey } from './types.ts'
