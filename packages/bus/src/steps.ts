import { channel } from 'node:diagnostics_channel'

/** Durable steps of the event log, named as in the fault plan: between two of them a crash must lose nothing. */
export type BusStep =
  | 'outbox-read'
  | 'produced-before-ack'
  | 'produced-after-ack'
  | 'outbox-marked'
  | 'consumed'
  | 'inbox-committed'
  | 'offset-committed'

const steps = channel('docaxis.step')

/** Tells whoever listens on the diagnostics channel `docaxis.step`; nobody does but the fault harness. */
export function passStep(step: BusStep): void {
  if (steps.hasSubscribers) steps.publish({ step })
}
