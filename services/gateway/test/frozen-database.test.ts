import { expect, it } from 'vitest'
import { testGateway } from './harness.ts'

it('answers 503 when the database holds still, and goes on when it moves again', async () => {
  const hub = await testGateway()
  const blocker = await hub.database.pool.connect()
  await blocker.query('begin; lock table system_token in access exclusive mode')

  const standing = await hub.get('/api/v1/inbox', 'g99')
  await blocker.query('rollback')
  blocker.release()
  const moving = await hub.get('/api/v1/inbox', 'g99')

  expect([standing.statusCode, standing.json().code]).toEqual([503, 'STORAGE_UNAVAILABLE'])
  expect(standing.headers['retry-after']).toBe('5')
  expect(moving.statusCode).toBe(200)
  await hub.close()
})
