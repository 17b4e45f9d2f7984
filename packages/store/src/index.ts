export type { BlobStore, Spool } from './blob-store.ts'
export { type Database, type DatabaseOptions, openDatabase, type Sql, type Tx } from './database.ts'
