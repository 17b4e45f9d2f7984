export type { Bus, BusHealth, Handler, Subscription } from './bus.ts'
export { type BusLogger, type BusOptions, createBus } from './create-bus.ts'
