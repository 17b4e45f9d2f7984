import { createHash } from 'node:crypto'
import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import {
  envelopeXml,
  type Header,
  type KitRequest,
  kitHash,
  kitHeaders,
  kitTimestamp,
  noon,
  openKitConnection,
} from '@docaxis/testkit'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { codeOf, edoc, type VxpHub, vxpHub } from './vxp-hub.ts'

// Each call is right in all but one way.

let hub: VxpHub
let secret: string
const connection = openKitConnection()

beforeAll(async () => {
  hub = await vxpHub()
  secret = await hub.addVxpSystem('legacy', ['G98'])
  await hub.addVxpSystem('strict', ['H99'], { profile: 'strict', signaturePolicy: 'record', statusPolicy: 'record' })
  await hub.addVxpSystem('other', ['H99.05'])
})
afterAll(async () => {
  connection.close()
  await hub?.close()
})

const poll: Header[] = [
  ['systemid', 'legacy'],
  ['servicetype', 'eDoc'],
  ['messagetype', 'edoc'],
  ['from', 'legacy'],
  ['timestamp', kitTimestamp(noon)],
]

it('takes the call as it is', async () => {
  expect(await ask(headersOf(poll))).toBe('0')
})

it.each([
  {
    what: 'a parameter that is not signed',
    headers: () => [...headersOf(poll), ['XroadVnpt-status', 'done'] as const],
    reason: 'header-unsigned',
  },
  {
    what: 'a parameter changed after signing',
    headers: () => replaced(headersOf(poll), 'XroadVnpt-messagetype', 'status'),
    reason: 'header-differs',
  },
  {
    what: 'a signed parameter that was left out',
    headers: () => headersOf(poll).filter(([name]) => name !== 'XroadVnpt-messagetype'),
    reason: 'header-missing',
  },
  {
    what: 'a doubled parameter',
    headers: () => [...headersOf(poll), ['XroadVnpt-messagetype', 'edoc'] as const],
    reason: 'header-doubled',
  },
  {
    what: 'a parameter doubled in other case',
    headers: () => [...headersOf(poll), ['xroadvnpt-MESSAGETYPE', 'status'] as const],
    reason: 'header-doubled',
  },
  {
    what: 'a parameter doubled in the signed text',
    headers: () => [
      ...headersOf([...poll, ['messagetype', 'status']]).filter(
        ([name, value]) => name !== 'XroadVnpt-messagetype' || value === 'edoc',
      ),
      ['XroadVnpt-messagetype', 'status'] as const,
    ],
    reason: 'header-doubled',
  },
  { what: 'a doubled systemid', headers: () => [...headersOf(poll), ['XroadVnpt-systemid', 'other'] as const] },
  {
    what: 'a doubled signature',
    headers: () => [...headersOf(poll), ['XroadVnpt-hash-header', '0'.repeat(64)] as const],
  },
  {
    what: 'another system id',
    headers: () => replaced(headersOf(poll), 'XroadVnpt-systemid', 'other'),
  },
  {
    what: 'a wrong HMAC',
    headers: () => replaced(headersOf(poll), 'XroadVnpt-hash-header', '0'.repeat(64)),
    reason: 'signature-wrong',
  },
  {
    what: 'an HMAC cut short',
    headers: () =>
      headersOf(poll).map(([name, value]): Header => [name, name.endsWith('hash-header') ? value.slice(0, 62) : value]),
    reason: 'signature-wrong',
  },
  {
    what: 'one letter changed in the signed text',
    headers: () =>
      headersOf(poll).map(
        ([name, value]): Header => [name, name.endsWith('-sign-header') ? value.replace('edoc', 'edoC') : value],
      ),
    reason: 'signature-wrong',
  },
  {
    what: 'a signed text that is a list',
    headers: () => replaced(headersOf(poll), 'XroadVnpt-sign-header', '["legacy"]'),
  },
  {
    what: 'a signed text with a value that is no text',
    headers: () => replaced(headersOf(poll), 'XroadVnpt-sign-header', '{"XroadVnpt-systemid":{"$ne":1}}'),
  },
  { what: 'no signed text', headers: () => headersOf(poll).filter(([name]) => name !== 'XroadVnpt-sign-header') },
  { what: 'no system id', headers: () => headersOf(poll).filter(([name]) => name !== 'XroadVnpt-systemid') },
  {
    what: 'a timestamp six minutes ahead',
    headers: () => headersOf(replaced(poll, 'timestamp', kitTimestamp(minutesFromNoon(6)))),
    reason: 'timestamp-ahead',
  },
  {
    what: 'a day that does not exist',
    headers: () => headersOf(replaced(poll, 'timestamp', '30022030T120000+0000')),
    reason: 'timestamp-unreadable',
  },
  {
    what: 'a timestamp that is not signed',
    headers: () => [
      ...headersOf(poll.filter(([name]) => name !== 'timestamp')),
      ['XroadVnpt-timestamp', kitTimestamp(noon)] as const,
    ],
    reason: 'header-unsigned',
  },
  {
    what: 'the mailbox of another agency',
    headers: () => headersOf([...poll, ['to', 'H99.05']]),
    reason: 'agency-not-bound',
  },
  { what: 'a quote for a system id', headers: () => headersOf(replaced(poll, 'systemid', "' or 1=1 --")) },
])('refuses $what', async ({ headers, reason }) => {
  expect(await ask(headers())).toBe('15')
  if (reason !== undefined) {
    const { items } = (await hub.get('/api/v1/admin/systems/legacy/vxp-calls', 'operator')).json()
    expect(items[0]).toMatchObject({ code: '15', reason, operation: 'getReceivedEdocList' })
    expect(items[0].vi).toMatch(/^\S.*/)
  }
})

it('answers an unknown system as a wrong secret', async () => {
  const unknown = await send('getReceivedEdocList', headersOf(replaced(poll, 'systemid', 'nobody')))
  const wrong = await send('getReceivedEdocList', replaced(headersOf(poll), 'XroadVnpt-hash-header', '0'.repeat(64)))

  expect(unknown.ErrorDesc).toBe(wrong.ErrorDesc)
})

it('takes a timestamp of last year from a legacy system, and of a quarter of an hour from a strict one', async () => {
  const lastYear = hub.kit('legacy', { now: () => minutesFromNoon(-525_600) })
  const fresh = hub.kit('strict', { now: () => minutesFromNoon(-14) })
  const old = hub.kit('strict', { now: () => minutesFromNoon(-16) })

  const codes = await Promise.all([lastYear, fresh, old].map(async kit => codeOf(await kit.call('countReceiveEdoc'))))

  expect(codes).toEqual(['OK 0', 'OK 0', 'FAIL 15'])
})

it('takes the window that the system was given', async () => {
  await hub.app.inject({
    method: 'PUT',
    url: '/api/v1/admin/systems/strict/vxp',
    headers: hub.as('operator'),
    payload: { maxAgeSeconds: 0 },
  })

  expect(codeOf(await hub.kit('strict', { now: () => minutesFromNoon(-16) }).call('countReceiveEdoc'))).toBe('OK 0')
})

it.each([
  { what: 'the shortened digest', hash: (xml: Buffer) => kitHash(xml), code: 'OK 0', noted: 'shortened' },
  { what: 'the whole digest', hash: wholeHash, code: 'OK 0', noted: 'full' },
  { what: 'the digest of another file', hash: () => kitHash(Buffer.from('x')), code: 'FAIL 10', noted: 'neither' },
  {
    what: 'the whole digest without its last digit',
    hash: (xml: Buffer) => wholeHash(xml).slice(0, -1),
    code: 'FAIL 10',
    noted: 'neither',
  },
  {
    what: 'the digest in capitals',
    hash: (xml: Buffer) => wholeHash(xml).toUpperCase(),
    code: 'FAIL 10',
    noted: 'neither',
  },
])('answers $code to $what in hash-file, and notes it as $noted', async ({ hash, code, noted }) => {
  const xml = withLeadingZero(what => envelopeXml({ sender: 'G98', receivers: ['H99'], subject: what }))
  const parameters: Header[] = [...poll, ['hash-file', hash(xml)]]

  expect(codeOf(await send('sendEdoc', headersOf(parameters), xml))).toBe(code)
  const { items } = (await hub.get('/api/v1/admin/systems/legacy/vxp-calls', 'operator')).json()
  expect(items[0]).toMatchObject({ operation: 'sendEdoc', details: { hashFile: noted } })
})

it.each([
  { what: 'an agency of another system', from: 'H99.05', code: 'FAIL 19' },
  { what: 'another system', from: 'other', code: 'FAIL 19' },
  { what: 'an agency of its own', from: 'G98', code: 'OK 0' },
  { what: 'itself', from: 'legacy', code: 'OK 0' },
])('answers $code when `from` names $what', async ({ from, code }) => {
  const kit = hub.kit('legacy')

  expect(codeOf(await kit.sendEdoc(edoc(from), envelopeXml({ sender: 'G98', receivers: ['H99'] })))).toBe(code)
})

it('sends for no agency of another system, whatever `from` says', async () => {
  const result = await hub.kit('legacy').sendEdoc(edoc('G98'), envelopeXml({ sender: 'H99.05', receivers: ['H99'] }))

  expect(codeOf(result)).toBe('FAIL 19')
  expect(result.ErrorDesc).toContain('M.MessageHeader.From.OrganId')
})

it.each(['getEdoc', 'updateStatus'])('%s knows no docId of another system', async operation => {
  await hub.kit('legacy').sendEdoc(edoc('G98'), envelopeXml({ sender: 'G98', receivers: ['H99.05'] }))
  const [row] = await hub.received(hub.kit('other'), operation === 'getEdoc' ? 1 : 2)
  const stranger = hub.kit('strict')
  const status: Record<string, string> = operation === 'updateStatus' ? { status: 'done' } : {}

  const foreign = await stranger.call(operation, { docId: row?.docId ?? '', docid: row?.docId ?? '', ...status })
  const unknown = await stranger.call(operation, { docId: '0'.repeat(24), docid: '0'.repeat(24), ...status })

  expect(codeOf(foreign)).toBe('FAIL 22')
  expect(foreign).toEqual(unknown)
})

it('never locks a system by its id: others fail, it goes on', async () => {
  const wrong = replaced(headersOf(poll), 'XroadVnpt-hash-header', 'f'.repeat(64))
  await Promise.all(Array.from({ length: 60 }, () => ask(wrong)))

  expect(await ask(headersOf(poll))).toBe('0')
})

it('raises an alarm when a signature comes again from another address, once, and goes on', async () => {
  const headers = headersOf([...poll, ['pageSize', '7']])
  const answers = [
    await hub.app.inject({ method: 'POST', url: '/XrdAdapter/getAgenciesList', headers: toObject(headers) }),
    await fromAddress('127.0.0.9', headers),
    await fromAddress('127.0.0.9', headers),
  ]

  expect(answers.map(answer => answer.json().ErrorCode ?? answer.statusCode)).toEqual(['0', '0', '0'])
  const { rows } = await hub.database.query(
    "select object, details from audit_log where action = 'vxp.replay' and outcome = 'alarm'",
  )
  expect(rows).toMatchObject([{ object: 'legacy', details: { firstAddress: '127.0.0.1', address: '127.0.0.9' } }])
  expect(await hub.deps.metrics.metrics()).toMatch(/docaxis_vxp_replays_total\{[^}]*\} 1/)
})

it('serves plain HTTP to listed networks only', async () => {
  const headers = headersOf(poll)
  const before = await fromAddress('10.20.30.40', headers)
  await hub.app.inject({
    method: 'PUT',
    url: '/api/v1/admin/systems/legacy/vxp',
    headers: hub.as('operator'),
    payload: { sourceNetworks: ['10.20.0.0/16'] },
  })
  const after = await fromAddress('10.20.30.40', headers)
  const forged = await hub.app.inject({
    method: 'POST',
    url: '/XrdAdapter/getAgenciesList',
    headers: { ...toObject(headers), 'x-forwarded-for': '10.20.30.40', 'x-forwarded-proto': 'https' },
    remoteAddress: '192.0.2.1',
  })

  expect([before, after, forged].map(answer => answer.json().ErrorCode)).toEqual(['15', '0', '15'])
  expect(before.json().ErrorDesc).toContain('HTTPS')
})

it('keeps what is between the lines out of its own answer', async () => {
  const kit = hub.kit('legacy')

  const result = await kit.call('getReceivedEdocList', {
    servicetype: 'eDoc',
    messagetype: 'x"}\\u000d\\u000aSet-Cookie: a=b',
  })

  expect([codeOf(result), result.ErrorDesc.includes('Set-Cookie')]).toEqual(['FAIL 22', true])
})

it.each([
  { what: 'a header with a line break in it', head: 'XroadVnpt-status: done\r\n evil\r\n', status: 400 },
  { what: 'a header of 10 MB', head: `XroadVnpt-to: ${'x'.repeat(10_000_000)}\r\n`, status: 431 },
])('answers $status to $what, and goes on', async ({ head, status }) => {
  const { hostname, port } = new URL(hub.url)
  const socket = connect(Number(port), hostname)
  socket.on('error', () => undefined)
  socket.write(`POST /XrdAdapter/getReceivedEdocList HTTP/1.1\r\nHost: x\r\n${head}Content-Length: 0\r\n\r\n`)

  const answer = await text(socket).catch(() => '')

  expect(answer).toMatch(new RegExp(`^HTTP/1.1 ${status} |^$`))
  expect(await ask(headersOf(poll))).toBe('0')
})

it('refuses what all routes refuse in the words of the protocol', async () => {
  const answer = await hub.app.inject({
    method: 'POST',
    url: '/XrdAdapter/sendEdoc',
    headers: { ...toObject(headersOf(poll)), 'content-encoding': 'gzip' },
    payload: 'x',
  })

  expect([answer.statusCode, answer.json().status, answer.json().ErrorCode]).toEqual([200, 'FAIL', '22'])
})

it('raises the alarm for an empty poll that comes again from elsewhere too', async () => {
  const signed = toObject(headersOf([...replaced(poll, 'messagetype', 'status'), ['pageSize', '9']]))
  const call = { method: 'POST', url: '/XrdAdapter/getReceivedEdocList', headers: signed } as const
  const before = await replays()
  await hub.app.inject(call)

  await hub.app.inject({ ...call, remoteAddress: '127.0.0.7' })

  expect(await replays()).toBe(before + 1)
})

async function replays(): Promise<number> {
  const { rowCount } = await hub.database.query("select from audit_log where action = 'vxp.replay'")
  return rowCount ?? 0
}

it('never shows a secret, nor an HMAC of its own, among the calls of a system', async () => {
  await ask(replaced(headersOf(poll), 'XroadVnpt-hash-header', 'e'.repeat(64)))

  const { body } = await hub.get('/api/v1/admin/systems/legacy/vxp-calls', 'operator')

  expect(body).toContain('signHeader')
  expect(body).not.toContain(secret)
  expect(body).not.toContain(headersOf(poll).find(([name]) => name.endsWith('hash-header'))?.[1])
})

function headersOf(parameters: readonly Header[]): Header[] {
  return kitHeaders({ parameters, secret })
}

function replaced(headers: readonly Header[], name: string, value: string): Header[] {
  return headers.map(header => (header[0] === name ? [name, value] : header))
}

async function send(operation: string, headers: readonly Header[], body: Uint8Array = new Uint8Array()) {
  const request: KitRequest = { url: `${hub.url}/XrdAdapter/${operation}`, method: 'POST', headers, body }
  const { status, bytes } = await connection.send(request)
  return { ...JSON.parse(bytes.toString()), http: status }
}

async function ask(headers: readonly Header[]): Promise<string> {
  return (await send('getReceivedEdocList', headers)).ErrorCode
}

function fromAddress(remoteAddress: string, headers: readonly Header[]) {
  const call = {
    method: 'POST',
    url: '/XrdAdapter/getAgenciesList',
    headers: toObject(headers),
    remoteAddress,
  } as const
  return hub.app.inject(call)
}

const toObject = (headers: readonly Header[]): Record<string, string> => Object.fromEntries(headers)

const minutesFromNoon = (minutes: number): Date => new Date(noon.getTime() + minutes * 60_000)

function wholeHash(file: Buffer): string {
  return createHash('sha256').update(file).digest('hex')
}

/** A file whose digest the kit prints shorter than it is. */
function withLeadingZero(make: (subject: string) => Buffer): Buffer {
  for (let tried = 0; ; tried += 1) {
    const file = make(`V/v thử lần ${tried}`)
    if (kitHash(file).length < 63) return file
  }
}
