import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { daysFromNoon, sealedEnvelope, testAuthority } from '@docaxis/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bindSeal, type TestGateway, testGateway } from './harness.ts'

let hub: TestGateway

beforeAll(async () => {
  hub = await testGateway()
})
afterAll(() => hub?.close())

const wish = { sender: 'G99', receivers: ['H99'] }

describe('an envelope right in every way but one is refused by name', () => {
  it.each([
    {
      fault: 'whose receiver nobody knows',
      xml: () => hub.sealed({ ...wish, receivers: ['X77'] }),
      status: 422,
      problem: 'ENVELOPE_REFUSED',
      codes: ['R.MessageHeader.To.OrganId'],
    },
    {
      fault: 'whose receiver is closed without successor',
      xml: () => hub.sealed({ ...wish, receivers: ['H99.33'] }),
      status: 422,
      problem: 'ENVELOPE_REFUSED',
      codes: ['M.MessageHeader.To.Closed'],
    },
    {
      fault: 'whose receiver has no system',
      xml: () => hub.sealed({ ...wish, receivers: ['H99.07'] }),
      status: 422,
      problem: 'ENVELOPE_REFUSED',
      codes: ['M.MessageHeader.To.NotConnected'],
    },
    {
      fault: 'with one bad receiver among good ones',
      xml: () => hub.sealed({ ...wish, receivers: ['H99', 'X77', 'H99.05'] }),
      status: 422,
      problem: 'ENVELOPE_REFUSED',
      codes: ['R.MessageHeader.To.OrganId'],
    },
    {
      fault: 'from an agency of another system',
      xml: () => hub.sealed({ sender: 'G98', receivers: ['H99'] }),
      status: 403,
      problem: 'SENDER_NOT_ALLOWED',
      codes: ['M.MessageHeader.From.OrganId'],
    },
    {
      fault: 'without a signature',
      xml: () => hub.unsealed(wish),
      status: 422,
      problem: 'SIGNATURE_REFUSED',
      codes: ['CheckSignature', 'NOT_SIGNED'],
    },
    {
      fault: 'with one letter changed under the signature',
      xml: () => Buffer.from(hub.sealed(wish).toString().replace('liên thông văn bản', 'liên thông văn bàn')),
      status: 422,
      problem: 'SIGNATURE_REFUSED',
      codes: ['CheckSignature', 'DIGEST_MISMATCH'],
    },
    {
      fault: 'sealed by another agency',
      xml: () => hub.sealed(wish, 'G98'),
      status: 422,
      problem: 'SIGNATURE_REFUSED',
      codes: ['CheckSignature', 'SIGNER_NOT_SENDER'],
    },
    {
      fault: 'that is not XML',
      xml: () => Buffer.from('<edXML'),
      status: 400,
      problem: 'ENVELOPE_MALFORMED',
      codes: ['M.XML'],
    },
  ])('$fault', async ({ xml, status, problem, codes }) => {
    const answer = await hub.post(xml(), 'g99')

    const body = answer.json()
    expect({ status: answer.statusCode, code: body.code, codes: codesOf(body) }).toEqual({
      status,
      code: problem,
      codes,
    })
    expect(answer.headers['content-type']).toContain('application/problem+json')
    expect(body.errors[0].vi).not.toBe('')
  })

  it('sealed with a certificate that has expired', async () => {
    const seal = await hub.authority.seal('G99', { keyType: 'ec', notAfter: daysFromNoon(-1) })
    await bindSeal(hub.database, 'G99', seal)

    const body = (await hub.post(sealedEnvelope(wish, seal), 'g99')).json()

    expect(codesOf(body)).toEqual(['CheckSignature', 'CERTIFICATE_EXPIRED'])
  })

  it('sealed with a certificate that nobody is bound to', async () => {
    const seal = await hub.authority.seal('G99', { keyType: 'ec' })

    const body = (await hub.post(sealedEnvelope(wish, seal), 'g99')).json()

    expect(codesOf(body)).toEqual(['CheckSignature', 'SIGNER_NOT_SENDER'])
  })

  it('sealed under an authority that the hub does not know', async () => {
    const seal = await (await testAuthority({ name: 'Other CA' })).seal('G99', { keyType: 'ec' })
    await bindSeal(hub.database, 'G99', seal)

    const answer = await hub.post(sealedEnvelope(wish, seal), 'g99')

    expect(answer.statusCode).toBe(422)
    expect(codesOf(answer.json())).toEqual(['CheckSignature', 'PATH_NOT_FOUND'])
  })
})

it('names every fault at once', async () => {
  const xml = hub.unsealed({ ...wish, receivers: ['X77', 'H99.33'] })

  const body = (await hub.post(xml, 'g99')).json()

  expect(codesOf(body)).toEqual([
    'R.MessageHeader.To.OrganId',
    'M.MessageHeader.To.Closed',
    'CheckSignature',
    'NOT_SIGNED',
  ])
})

it('names fifty faults at most', async () => {
  const receivers = Array.from({ length: 60 }, (_, index) => `X77.${index}`)

  const body = (await hub.post(hub.sealed({ ...wish, receivers }), 'g99')).json()

  expect(codesOf(body)).toEqual(Array.from({ length: 50 }, () => 'R.MessageHeader.To.OrganId'))
})

it('answers a wrong case of the own code, and a look-alike letter, as somebody else’s', async () => {
  for (const sender of ['g99', 'Ｇ99', 'G99​']) {
    const answer = await hub.post(hub.unsealed({ sender, receivers: ['H99'] }), 'g99')

    expect(answer.json().code).toBe('SENDER_NOT_ALLOWED')
  }
})

it('keeps one refusal with one receipt for the same bytes, and no subject', async () => {
  const xml = hub.sealed({ ...wish, receivers: ['X77'], subject: 'Nội dung MARKER-REFUSED' })

  await hub.post(xml, 'g99')
  await hub.post(xml, 'g99')

  const { rows } = await hub.database.query(
    `select refusal.problem, receipt.kind, refusal::text as whole
       from refusal join receipt on receipt.refusal_id = refusal.id
      where refusal.size_bytes = $1`,
    [xml.length],
  )
  expect(rows).toMatchObject([{ problem: 'ENVELOPE_REFUSED', kind: 'refusal' }])
  expect(rows[0].whole).not.toContain('MARKER-REFUSED')
})

it('refuses a state secret and leaves nothing of it behind', async () => {
  const xml = hub.sealed({ ...wish, subject: '[MẬT] MARKER-SECRET', documentId: 'G99,2030,secret' })

  const answer = await hub.post(xml, 'g99')

  expect(answer.statusCode).toBe(422)
  expect(answer.json()).toMatchObject({ code: 'STATE_SECRET', errors: [{ code: 'M.StateSecret' }] })
  expect(answer.body).not.toContain('MARKER-SECRET')
  expect(await everyText(hub)).not.toContain('MARKER-SECRET')
  expect(JSON.stringify(hub.deps.lines)).not.toContain('MARKER-SECRET')
})

it('answers 503 and stores nothing while no revocation list is held', async () => {
  const late = await testGateway({ crl: false })
  const xml = late.sealed(wish)

  const answer = await late.post(xml, 'g99')

  expect(answer.statusCode).toBe(503)
  expect(answer.headers['retry-after']).toBe('60')
  expect(answer.json()).toMatchObject({ code: 'SIGNATURE_UNPROVEN', errors: [{ code: 'REVOCATION_UNAVAILABLE' }] })
  const { rows } = await late.database.query('select from refusal union all select from document')
  expect(rows).toHaveLength(0)
  await late.close()
})

it('gives the first answer to known bytes after the certificate was revoked, and refuses new ones', async () => {
  const seal = hub.seals['H99.06']
  const xml = hub.sealed({ sender: 'H99.06', receivers: ['G99'] })
  const first = await hub.post(xml, 'h99.06')
  await hub.app.inject({
    method: 'POST',
    url: '/api/v1/admin/crls',
    headers: { ...hub.as('operator'), 'content-type': 'application/pkix-crl' },
    payload: hub.authority.crl({
      thisUpdate: daysFromNoon(-1 / 48),
      nextUpdate: daysFromNoon(1),
      revoked: seal ? [{ serial: seal.certificate.serial, at: daysFromNoon(-1) }] : [],
      number: 2,
    }),
  })

  const again = await hub.post(xml, 'h99.06')
  const other = await hub.post(hub.sealed({ sender: 'H99.06', receivers: ['G99'] }), 'h99.06')

  expect(again.body).toBe(first.body)
  expect(codesOf(other.json())).toEqual(['CheckSignature', 'CERTIFICATE_REVOKED'])
})

function codesOf(body: { errors: { code: string }[] }): string[] {
  return body.errors.map(error => error.code)
}

/** Every row of every table as text, and every file of the blob folder. */
async function everyText({ database, blobs }: TestGateway): Promise<string> {
  const { rows } = await database.query<{ name: string }>(
    "select quote_ident(table_name) as name from information_schema.tables where table_schema = 'public'",
  )
  const tables = await Promise.all(
    rows.map(({ name }) =>
      database.query<{ text: string }>(`select coalesce(string_agg(t::text, ' '), '') as text from ${name} t`),
    ),
  )
  const files = await readdir(blobs.folder, { recursive: true, withFileTypes: true })
  const contents = await Promise.all(
    files.filter(file => file.isFile()).map(file => readFile(join(file.parentPath, file.name), 'utf8')),
  )
  return [...tables.map(table => table.rows[0]?.text ?? ''), ...contents].join(' ')
}
