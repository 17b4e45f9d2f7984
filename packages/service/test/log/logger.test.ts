import { Writable } from 'node:stream'
import { expect, it } from 'vitest'
import { createLogger } from '../../src/index.ts'

function loggerInMemory() {
  const lines: string[] = []
  const stream = new Writable({
    write(chunk, _encoding, done) {
      lines.push(String(chunk))
      done()
    },
  })
  return { lines, logger: createLogger({ logLevel: 'info' }, stream) }
}

it('writes one JSON line per call, with the time in UTC and the level by name', () => {
  const { lines, logger } = loggerInMemory()

  logger.info({ documentId: 'd-1' }, 'accepted')

  expect(JSON.parse(lines[0] ?? '')).toEqual({
    level: 'info',
    time: expect.stringMatching(/^\d{4}-.*Z$/),
    documentId: 'd-1',
    msg: 'accepted',
  })
})

it.each(['authorization', 'token', 'password', 'vxpSecret', 'xml', 'subject', 'staff', 'mobile', 'privateKey'])(
  'never writes %s, wherever it stands',
  name => {
    const { lines, logger } = loggerInMemory()

    logger.info({ [name]: 'marker', request: { [name]: 'marker', headers: { [name]: 'marker' } } }, 'x')

    expect(lines).toHaveLength(1)
    expect(lines[0]).not.toContain('marker')
  },
)

it('never writes a secret that a child logger holds', () => {
  const { lines, logger } = loggerInMemory()

  logger.child({ token: 'marker' }).info('x')

  expect(lines[0]).not.toContain('marker')
})

it('writes what is no secret as it is, and leaves the object alone', () => {
  const { lines, logger } = loggerInMemory()
  const details = { at: new Date(0), ids: ['a', 'b'], deep: { count: 1, token: 'marker' } }

  logger.info(details, 'x')

  expect(JSON.parse(lines[0] ?? '')).toMatchObject({
    at: '1970-01-01T00:00:00.000Z',
    ids: ['a', 'b'],
    deep: { count: 1, token: '[redacted]' },
  })
  expect(details.deep.token).toBe('marker')
})

it('never writes the row that PostgreSQL quotes in an error', () => {
  const { lines, logger } = loggerInMemory()
  const cause = Object.assign(new Error('duplicate key'), { detail: 'Key (subject)=(marker) already exists.' })

  logger.error({ err: cause }, 'failed')
  logger.error({ err: new Error('not stored: duplicate key', { cause }) }, 'failed')

  expect(lines).toEqual([expect.stringContaining('duplicate key'), expect.stringContaining('duplicate key')])
  expect(lines.join()).not.toContain('marker')
})

it('keeps one line per call whatever stands in it', () => {
  const { lines, logger } = loggerInMemory()

  logger.info({ code: 'a\nb\u001b[31m' }, 'first\n{"level":"fatal"}')

  expect(lines).toHaveLength(1)
  expect(lines[0]?.trimEnd()).not.toMatch(/\p{Cc}/u)
})
