export { type FolderLock, lockFolder } from './folder-lock.ts'
export type { EmbeddedLog, PostmasterExit } from './postmaster.ts'
export { type EmbeddedOptions, type EmbeddedPostgres, startEmbedded } from './start-embedded.ts'
