export type * from './model.ts'
export type * from './reading.ts'
