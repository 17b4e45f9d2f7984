/**
 * What the hub forgets by itself, and when. Documents, deliveries, receipts, evidence and the audit log are not among it:
 * nothing deletes them.
 */
export const retention = {
  /** Messages to webhooks, after they were settled. */
  webhookDays: 30,
  /** Alerts that were sent or given up. */
  alertDays: 90,
  /** Idempotency keys: how long a repeated call gets the first answer. */
  keyDays: 30,
  /** Of each system, the last so many. */
  vxpCalls: 50,
  /** Counters by minute behind the pulse of Now. */
  pulseHours: 25,
} as const
