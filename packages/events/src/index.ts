export * from './events.ts'
export * from './notices.ts'
export * from './topics.ts'
