import { readFile } from 'node:fs/promises'
import { itWithShared, sharedPath } from '@docaxis/testkit'
import { afterAll, beforeAll, expect } from 'vitest'
import { codeOf, edoc, type VxpHub, vxpHub } from './vxp-hub.ts'

// The packets of the kit go through both doors, each of a hub of its own, and come out the same.

const itShared = itWithShared('samples', 'edxml')
const codes = [
  '000.00.00.G22',
  '000.00.00.H41',
  '000.00.00.H14',
  '000.00.00.G17',
  '002.00.20.H13',
  '28.22.H17',
  '000.00.15.H51',
]

/** In an order in which the document comes before what is said about it. */
const samples = [
  'vpcp-sdk/edoc.edxml',
  'vpcp-sdk/edoc_new.edxml',
  'vpcp-sdk/edoc_update.edxml',
  'vpcp-sdk/edoc_replacement.edxml',
  'vpcp-sdk/edoc_revocation.edxml',
  'vpcp-sdk-variants/received_2019-05_two-trace-headers.edxml',
  'vpcp-sdk/status.edxml',
  'vpcp-sdk/status_inbox_01.edxml',
  'vpcp-sdk/status_rejection_02.edxml',
  'vpcp-sdk/status_acceptance_03.edxml',
  'vpcp-sdk/status_assignment_04.edxml',
  'vpcp-sdk/status_processing_05.edxml',
  'vpcp-sdk/status_finish_06.edxml',
  'vpcp-sdk/status_cancellation_13.edxml',
  'vpcp-sdk/status_change-acceptance_15.edxml',
  'vpcp-sdk/status_change-rejection_16.edxml',
]

/** ErrorCode for what REST refuses as no readable packet. */
const refusals: Readonly<Record<string, string>> = {
  'vpcp-sdk/edoc.edxml': 'M.XML.Namespace',
  'vpcp-sdk/edoc_new.edxml': 'M.XML',
}

let rest: VxpHub
let vxp: VxpHub

beforeAll(async () => {
  ;[rest, vxp] = await Promise.all([prepared(), prepared()])
})
afterAll(() => Promise.all([rest?.close(), vxp?.close()]))

itShared.each(samples)('%s has the same outcome at both', async file => {
  const bytes = await readFile(sharedPath('samples', 'edxml', ...file.split('/')))
  const messagetype = file.includes('status') ? 'status' : 'edoc'

  const byRest = await rest.post(bytes, 'kit')
  const byVxp = await vxp.kit('kit').sendEdoc(edoc('kit', messagetype), bytes)

  const refused = refusals[file]
  if (refused !== undefined) {
    expect([byRest.statusCode, codeOf(byVxp)]).toEqual([400, 'FAIL 10'])
    expect(byVxp.ErrorDesc).toContain(`[${refused}]`)
    return
  }
  expect([byRest.statusCode, codeOf(byVxp)]).toEqual([202, 'OK 0'])
  expect(await stored(vxp, String(byVxp.DocId))).toEqual(await stored(rest, byRest.json().id))
})

itShared('D1n, the flavour of the .NET kit, has the same outcome at both', async () => {
  const d1 = await readFile(sharedPath('samples', 'edxml', 'vpcp-sdk', 'edoc_revocation.edxml'), 'utf8')
  const d1n = Buffer.from(
    d1
      .replace(
        /<(\w+:)?TraceHeaderList>/,
        '<$1TraceHeaderList id="1" version="1.0" mustUnderstand="1" actor="http://schemas.xmlsoap.org/soap/actor/next">',
      )
      .replace(/7816/g, '7817'),
  )

  const byRest = await rest.post(d1n, 'kit')
  const byVxp = await vxp.kit('kit').sendEdoc(edoc('kit'), d1n)

  expect(d1n.toString()).toContain('mustUnderstand')
  expect([byRest.statusCode, codeOf(byVxp)]).toEqual([202, 'OK 0'])
  expect(await stored(vxp, String(byVxp.DocId))).toEqual(await stored(rest, byRest.json().id))
})

itShared('what came by one door goes out by the other, byte for byte', async () => {
  const kit = vxp.kit('kit')
  const { data = [] } = await kit.getReceivedEdocList({ servicetype: 'eDoc', messagetype: 'edoc' })
  const [row] = data

  const { file } = await kit.getEdoc(row?.docId ?? '')
  const byRest = await vxp.get(`/api/v1/deliveries/${row?.docId}/envelope`, 'kit')

  // The kit's revocation has withdrawn most of the others: they bear one name.
  expect(data.length).toBeGreaterThan(0)
  expect(byRest.rawPayload).toEqual(file)
})

async function prepared(): Promise<VxpHub> {
  const hub = await vxpHub()
  await hub.addAgencies(codes.map(code => ({ code, name: `Cơ quan ${code}`, level: 'central' })))
  await hub.addVxpSystem('kit', codes)
  return hub
}

/** What the hub keeps of a packet, without what is by chance: ids and times. */
async function stored(hub: VxpHub, id: string) {
  const { rows } = await hub.database.query(
    `select kind, sender, sender_written, document_id, action, encode(sha256, 'hex') as sha256, size_bytes, priority,
            subject, code_number, code_notation, issued_on::text, verdict ->> 'code' as verdict,
            jsonb_path_query_array(warnings, '$[*].code') as warnings,
            (select jsonb_agg(jsonb_build_array(position, written, resolved, fault) order by position)
               from document_receiver where document_receiver.document_id = document.id) as receivers
       from document where id = $1`,
    [id],
  )
  return rows[0]
}
