import { readFile } from 'node:fs/promises'
import { importDirectory } from '@docaxis/store'
import { itWithShared, sharedPath } from '@docaxis/testkit'
import { afterAll, beforeAll, expect } from 'vitest'
import { type TestGateway, testGateway } from './harness.ts'

// The packets of the VXP kit, as a legacy system under `record` sends them. What each must give stands in the README
// beside them.

const it = itWithShared('samples', 'edxml')
const codes = [
  '000.00.00.G22',
  '000.00.00.H41',
  '000.00.00.H14',
  '000.00.00.G17',
  '002.00.20.H13',
  '28.22.H17',
  '000.00.15.H51',
]
let hub: TestGateway

beforeAll(async () => {
  hub = await testGateway()
  const rows = codes.map(code => ({ code, name: `Cơ quan ${code}`, kind: 'agency', level: 'central' }))
  await hub.database.transaction(tx =>
    importDirectory(tx, Buffer.from(JSON.stringify(rows)), { format: 'json', mode: 'merge' }),
  )
  await hub.addSystem({ id: 'kit', profile: 'legacy', signaturePolicy: 'record', statusPolicy: 'record' }, codes)
  await hub.addSystem({ id: 'strict', profile: 'strict', signaturePolicy: 'require-valid' }, codes)
})
afterAll(() => hub?.close())

it.each([
  { file: 'vpcp-sdk/edoc.edxml', code: 'M.XML.Namespace' },
  { file: 'vpcp-sdk/edoc_new.edxml', code: 'M.XML' },
])('$file is refused with $code', async ({ file, code }) => {
  const answer = await hub.post(await sample(file), 'kit')

  expect(answer.statusCode).toBe(400)
  expect(codesOf(answer.json().errors)).toContain(code)
})

it.each([
  { file: 'vpcp-sdk/edoc_update.edxml', receivers: 3, warning: 'M.TraceHeaderList.Bussiness.DocumentId' },
  { file: 'vpcp-sdk/edoc_replacement.edxml', receivers: 3, warning: 'M.TraceHeaderList.Bussiness.DocumentId' },
  { file: 'vpcp-sdk/edoc_revocation.edxml', receivers: 3, warning: 'M.MessageHeader.DocumentId' },
  {
    file: 'vpcp-sdk-variants/received_2019-05_two-trace-headers.edxml',
    receivers: 1,
    warning: 'R.MessageHeader.DueDate',
  },
])('$file is accepted with its seal not verifiable', async ({ file, receivers, warning }) => {
  const answer = await hub.post(await sample(file), 'kit')

  expect(answer.statusCode).toBe(202)
  expect(answer.json().verdict.state).toBe('not-verifiable')
  expect(codesOf(answer.json().warnings)).toContain(warning)
  const view = (await hub.get(`/api/v1/documents/${answer.json().id}`, 'kit')).json()
  expect(view.deliveries).toHaveLength(receivers)
})

it('edoc_new without its four stray bytes is accepted as new', async () => {
  const bytes = (await sample('vpcp-sdk/edoc_new.edxml')).subarray(4)

  const answer = await hub.post(bytes, 'kit')

  expect(answer.statusCode).toBe(202)
})

it.each([
  'status',
  'status_inbox_01',
  'status_rejection_02',
  'status_acceptance_03',
  'status_assignment_04',
  'status_processing_05',
  'status_finish_06',
  'status_cancellation_13',
  'status_change-acceptance_15',
  'status_change-rejection_16',
])('%s is accepted, and refused from a strict system', async name => {
  const bytes = await sample(`vpcp-sdk/${name}.edxml`)

  const strict = await hub.post(bytes, 'strict')
  const legacy = await hub.post(bytes, 'kit')

  expect(strict.statusCode).toBe(422)
  expect(legacy.statusCode).toBe(202)
  expect(legacy.json()).toMatchObject({ documentId: '000.00.00.G22,2015/09/30,7816/VPCP-TTĐT' })
  expect(legacy.json()).not.toHaveProperty('receiptUrl')
})

it('a document of the kit is refused from a strict system that must sign', async () => {
  const answer = await hub.post(await sample('vpcp-sdk/edoc_revocation.edxml'), 'strict')

  expect(codesOf(answer.json().errors)).toContain('CheckSignature')
})

function sample(file: string): Promise<Buffer> {
  return readFile(sharedPath('samples', 'edxml', ...file.split('/')))
}

function codesOf(findings: { code: string }[]): string[] {
  return findings.map(finding => finding.code)
}
