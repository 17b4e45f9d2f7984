import { HubError } from '@docaxis/errors'
import { inTime } from '@docaxis/service'

/** A database that was frozen, or is behind a cut network, answers neither yes nor no: then nor do we, but in time. */
const patienceMs = 8_000
const retryAfterSeconds = 5

const databaseStandsStill = () =>
  new HubError('STORAGE_UNAVAILABLE', 'the database does not answer', { retryAfterSeconds })

/** @throws HubError `STORAGE_UNAVAILABLE` when the look-up takes too long */
export function lookedUpInTime<T>(lookUp: Promise<T>): Promise<T> {
  return inTime(lookUp, patienceMs, databaseStandsStill)
}
