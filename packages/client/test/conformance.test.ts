import { tmpdir } from 'node:os'
import { expect, it } from 'vitest'
import { runCommand } from './run-command.ts'
import { json, scriptedServer } from './scripted-server.ts'

const words = (vi: string) => ({ vi, en: `${vi} (en)` })
const step = (name: string, verdict: string) => ({
  step: name,
  title: words(`bước ${name}`),
  expected: words('cần'),
  verdict,
  reason: 'x',
  came: words(`thấy ${verdict}`),
  fix: verdict === 'passed' ? null : words('việc cần làm'),
  details: {},
  documents: {},
  decidedAt: null,
})
const card = (verdicts: readonly string[], endedAt: string | null) => ({
  id: '7'.repeat(24),
  system: 'so-noi-vu',
  agency: 'H53.15',
  counterpart: 'DOCAXIS.KIEMTHU',
  locked: 'DOCAXIS.KIEMTHU.KHOA',
  startedAt: '2026-01-05T00:00:00.000Z',
  endedAt,
  passed: verdicts.filter(each => each === 'passed').length,
  failed: verdicts.filter(each => each === 'failed').length,
  waiting: verdicts.filter(each => each === 'waiting').length,
  steps: verdicts.map((verdict, index) => step(['good', 'send'][index] ?? '', verdict)),
})
const ended = '2026-01-05T01:00:00.000Z'
const none = json(200, { items: [] })
const begun = json(201, card(['waiting', 'waiting'], null))
const halfway = json(200, card(['passed', 'waiting'], null))
const done = json(200, card(['passed', 'passed'], ended))

const docaxis = (args: readonly string[], url: string) =>
  runCommand(['--lang', 'vi', ...args], { INIT_CWD: tmpdir(), DOCAXIS_URL: url, DOCAXIS_TOKEN: 't' })

it('drives the sandbox by its webhook, turn by turn, until every step is decided', async () => {
  await using sandbox = await scriptedServer([json(200, {})])
  await using hub = await scriptedServer([none, begun, halfway, done])

  const { code, out, err } = await docaxis(
    ['conformance', 'run', '--webhook', sandbox.url, '--every', '0', '--large-bytes', '1000'],
    hub.url,
  )

  expect(code).toBe(0)
  expect(out).toContain('so-noi-vu (H53.15): 2 [ok], 0 [FAULT], 0 [...]')
  expect(err).toContain('[ok] good: bước good: thấy passed')
  expect(JSON.parse(hub.seen[1]?.body.toString() ?? '')).toEqual({ largeBytes: 1000 })
  expect(sandbox.seen.map(({ body }) => JSON.parse(body.toString()).waiting)).toEqual([2, 1])
})

it('goes on with an open run, drives by a hook, and ends what did not come in time', async () => {
  const open = json(200, { items: [card(['waiting', 'waiting'], null)] })
  await using hub = await scriptedServer([open, halfway, json(200, card(['passed', 'failed'], ended))])

  const { code, out, err } = await docaxis(
    ['--json', 'conformance', 'run', '--hook', 'grep -o DOCAXIS.KIEMTHU.KHOA', '--within', '0'],
    hub.url,
  )

  expect(code).toBe(1)
  expect(JSON.parse(out)).toMatchObject({ failed: 1, steps: [{ verdict: 'passed' }, { verdict: 'failed' }] })
  expect(err).toContain('DOCAXIS.KIEMTHU.KHOA')
  expect(hub.seen.map(({ path }) => path.split('/').at(-1))).toEqual(['conformance', 'advance', 'finish'])
})

it('shows what waits, with what to do, and says so by its exit code', async () => {
  await using hub = await scriptedServer([json(200, { items: [card(['passed', 'waiting'], null)] })])

  const { code, out } = await docaxis(['conformance', 'show', '--system', 'so-noi-vu'], hub.url)

  expect(code).toBe(3)
  expect(out).toContain('việc cần làm')
  expect(hub.seen[0]?.path).toBe('/api/v1/conformance?system=so-noi-vu')
})

it('stops with exit code 2 where the sandbox cannot be driven', async () => {
  await using hub = await scriptedServer([none, begun])

  const { code, err } = await docaxis(['conformance', 'run', '--hook', 'exit 7'], hub.url)

  expect(code).toBe(2)
  expect(err).toContain('mã 7')
})
