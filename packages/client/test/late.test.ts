import { tmpdir } from 'node:os'
import { expect, it } from 'vitest'
import { runCommand } from './run-command.ts'
import { json, scriptedServer } from './scripted-server.ts'

const deadline = {
  deliveryId: '1'.repeat(24),
  documentId: 'x',
  subject: 'Về việc phòng chống bão',
  sender: 'G99',
  receiver: 'H99.05',
  dueAt: '2025-05-05T10:00:00.000Z',
  lateMinutes: 3 * 24 * 60 + 5,
  why: { vi: 'Quá hạn xử lý mà chưa hoàn thành.', en: 'Late: the due date has passed and it is not finished.' },
}

const docaxis = (args: readonly string[], url: string) =>
  runCommand(args, { INIT_CWD: tmpdir(), DOCAXIS_URL: url, DOCAXIS_TOKEN: 't' })

it('says who is late with what, since when and by how much', async () => {
  await using hub = await scriptedServer([json(200, { items: [deadline], next: null })])

  const { out, code } = await docaxis(['--lang', 'vi', 'late', '--owed-to-us', '--kind', 'finish'], hub.url)

  expect(code).toBe(0)
  expect(out).toContain('H99.05')
  expect(out).toContain('3 ngày')
  expect(out).toContain('Quá hạn xử lý mà chưa hoàn thành. · Về việc phòng chống bão')
  expect(hub.seen[0]?.path).toBe('/api/v1/deadlines?kind=finish&role=sender&standing=late')
})

it('asks for what comes near, and says so when there is nothing', async () => {
  await using hub = await scriptedServer([json(200, { items: [], next: null })])

  const { out } = await docaxis(['--lang', 'en', 'late', '--within', '48'], hub.url)

  expect(out).toBe('Nothing is owed.\n')
  expect(hub.seen[0]?.path).toBe('/api/v1/deadlines?role=receiver&standing=due&hours=48')
})

it('sets the working hours of an agency, and takes them back', async () => {
  await using hub = await scriptedServer([json(200, {})])

  await docaxis(['admin', 'put-hours', 'H99', '07:00-16:00'], hub.url)
  await docaxis(['admin', 'put-hours', 'H99'], hub.url)

  expect(hub.seen.map(({ method, path, body }) => [method, path, body.toString()])).toEqual([
    ['PUT', '/api/v1/admin/calendar/hours/H99', '{"hours":"07:00-16:00"}'],
    ['PUT', '/api/v1/admin/calendar/hours/H99', '{"hours":null}'],
  ])
})
