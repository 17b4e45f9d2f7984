import { HubError } from '@docaxis/errors'
import { expect, it } from 'vitest'
import { isTransient, toHubError } from '../src/index.ts'

function errorWith(code: string, details: object = {}): Error {
  return Object.assign(new Error('x'), { code, ...details })
}

it.each([
  { cause: 'a lost connection', error: errorWith('08006') },
  { cause: 'a server that stops', error: errorWith('57P01') },
  { cause: 'a crash of another backend', error: errorWith('57P02') },
  { cause: 'a server that still starts', error: errorWith('57P03') },
  { cause: 'a statement that took too long', error: errorWith('57014') },
  { cause: 'a lock waited for too long', error: errorWith('55P03') },
  { cause: 'a full disk under PostgreSQL', error: errorWith('53100') },
  { cause: 'too many connections', error: errorWith('53300') },
  { cause: 'a deadlock', error: errorWith('40P01') },
  { cause: 'a primary that became a standby', error: errorWith('25006') },
  { cause: 'a damaged page', error: errorWith('XX001') },
  { cause: 'a refused connection', error: errorWith('ECONNREFUSED') },
  { cause: 'a socket that is gone', error: errorWith('ENOENT', { syscall: 'connect' }) },
  { cause: 'a full disk under the spool', error: errorWith('ENOSPC') },
  { cause: 'a full pool', error: new Error('timeout exceeded when trying to connect') },
  { cause: 'a broken connection', error: new Error('Connection terminated unexpectedly') },
  { cause: 'a name with several dead addresses', error: new AggregateError([errorWith('ECONNREFUSED')]) },
])('takes $cause for a failure of storage', ({ error }) => {
  expect(toHubError(error)).toMatchObject({ code: 'STORAGE_UNAVAILABLE', status: 503, retryable: true, cause: error })
})

it.each([
  { cause: 'a unique key met', error: errorWith('23505') },
  { cause: 'a wrong statement', error: errorWith('42601') },
  { cause: 'a value too long', error: errorWith('22001') },
  { cause: 'a file that is not there', error: errorWith('ENOENT', { syscall: 'open' }) },
  { cause: 'a bug', error: new TypeError('x is not a function') },
  { cause: 'something that is no error', error: 'x' },
])('leaves $cause as it is', ({ error }) => {
  expect(isTransient(error)).toBe(false)
  expect(toHubError(error)).toBe(error)
})

it('leaves a known failure as it is', () => {
  const known = new HubError('RATE_LIMITED', 'x')

  expect(toHubError(known)).toBe(known)
})
