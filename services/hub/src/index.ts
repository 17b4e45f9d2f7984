export type { DemoAgencyRow } from './demo/folder.ts'
export { type HubOptions, type RunningHub, startHub } from './start-hub.ts'
