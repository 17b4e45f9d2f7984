import type { EnvelopeLimits } from './reading.ts'

const kibibyte = 1024
const mebibyte = 1024 * kibibyte

/** Limits of edXML 2.1 rule 10, 7.4 and 7.8. */
export const defaultLimits: EnvelopeLimits = {
  maxEnvelopeBytes: 100 * mebibyte,
  maxSkeletonBytes: 32 * mebibyte,
  maxDepth: 32,
  maxElements: 150_000,
  maxAttributes: 64,
  maxTextBytes: 64 * kibibyte,
  maxReceivers: 15_000,
  maxAttachments: 200,
  maxFileBytes: 50 * mebibyte,
  maxUnwrappedBytes: 200 * mebibyte,
  maxRatio: 200,
}

const known = new WeakMap<Partial<EnvelopeLimits>, EnvelopeLimits>()

/** Limits with those of ours for what is left out; worked out once for each object given. */
export function limitsWith(limits: Partial<EnvelopeLimits> | undefined): EnvelopeLimits {
  if (limits === undefined) return defaultLimits
  const whole = known.get(limits) ?? { ...defaultLimits, ...limits }
  known.set(limits, whole)
  return whole
}
