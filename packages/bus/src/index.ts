export type { Bus, BusHealth, Handler, Subscription } from './bus.ts'
