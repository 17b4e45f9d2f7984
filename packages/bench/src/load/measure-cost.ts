import { ownUsageOf, type Usage, usageOf } from '../process-usage.ts'

/** What a stretch of work took, in seconds of CPU of each part. */
export interface Cost {
  readonly hubSeconds: number
  /** Database and, in the distributed shape, broker. */
  readonly othersSeconds: number
  readonly generatorSeconds: number
  /** Hub, database and broker at their largest, without what they share. */
  readonly peakBytes: number
}

export interface Parts {
  readonly hubPid: number
  /** Beside the hub's own children, among which the embedded PostgreSQL is. */
  readonly otherPids: readonly number[]
}

const sampleMs = 500

/** Measures from now until `stop`. */
export function measureCost(parts: Parts): { readonly stop: () => Cost } {
  const before = look(parts)
  const generatorBefore = process.cpuUsage()
  let peakBytes = 0
  const sample = (): Look => {
    const now = look(parts)
    peakBytes = Math.max(peakBytes, now.hub.residentBytes + now.others.residentBytes)
    return now
  }
  const timer = setInterval(sample, sampleMs)

  return {
    stop: () => {
      clearInterval(timer)
      const after = sample()
      const { user, system } = process.cpuUsage(generatorBefore)
      return {
        hubSeconds: after.hub.cpuSeconds - before.hub.cpuSeconds,
        othersSeconds: after.others.cpuSeconds - before.others.cpuSeconds,
        generatorSeconds: (user + system) / 1_000_000,
        peakBytes,
      }
    },
  }
}

interface Look {
  readonly hub: Usage
  readonly others: Usage
}

function look({ hubPid, otherPids }: Parts): Look {
  const hub = ownUsageOf(hubPid)
  const groups = [usageOf(hubPid), ...otherPids.map(usageOf)]
  return {
    hub,
    others: {
      cpuSeconds: sum(groups.map(usage => usage.cpuSeconds)) - hub.cpuSeconds,
      residentBytes: sum(groups.map(usage => usage.residentBytes)) - hub.residentBytes,
    },
  }
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0)
}
