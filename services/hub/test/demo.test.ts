import { createPrivateKey, X509Certificate } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { DocumentView } from '@docaxis/client'
import { readPkcs12 } from '@docaxis/pki/authority'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type TestHub, testHub } from './support/test-hub.ts'

let hub: TestHub
beforeAll(async () => {
  hub = await testHub()
  await hub.hub.firstLetters
})
afterAll(() => hub.stop())

it('names all four levels, with codes of both forms and a token each', () => {
  expect(new Set(hub.agencies.map(({ level }) => level))).toEqual(
    new Set(['central', 'province', 'district', 'commune']),
  )
  expect(hub.agency('H99.32.05')).toMatchObject({ code2016: '000.05.32.H99', parent: 'H99.32' })
  expect(new Set(hub.agencies.map(({ token }) => token)).size).toBe(hub.agencies.length)
})

it('gives every agency a seal whose key fits its certificate, issued by ca.pem', async () => {
  const authority = new X509Certificate(await inDemo('ca.pem'))

  const seals = await Promise.all(
    hub.agencies.map(async ({ sealKeyFile, sealCertFile }) => {
      const certificate = new X509Certificate(await inDemo(sealCertFile))
      const key = createPrivateKey(await inDemo(sealKeyFile))
      return certificate.checkPrivateKey(key) && certificate.verify(authority.publicKey)
    }),
  )

  expect(seals).toEqual(hub.agencies.map(() => true))
})

it("gives every agency its official's key as PKCS#12, which the password opens", async () => {
  const names = await Promise.all(
    hub.agencies.map(async ({ officialP12File, p12Password }) => {
      const { certificates } = readPkcs12(await inDemo(officialP12File), p12Password)
      return certificates[0]?.subject.attributes.find(({ type }) => type === 'CN')?.value
    }),
  )

  expect(names).toContain('Nguyễn Thị Hải Yến')
})

it('has exchanged its first letters: sent, fetched, acknowledged, and answered down to the commune', async () => {
  const letter = await documentOf('G99', '12')

  const tracks = letter.deliveries.map(({ receiver, transport, business }) => ({ receiver, transport, business }))

  expect(tracks).toEqual([
    { receiver: 'H99', transport: 'acknowledged', business: '05' },
    { receiver: 'H99.32', transport: 'acknowledged', business: '03' },
    { receiver: 'H99.32.05', transport: 'acknowledged', business: '06' },
  ])
})

it('shows a letter to a closed district at its successor, and one that was refused with its reason', async () => {
  const forwarded = await documentOf('G99', '15')
  const refused = await documentOf('G98', '7')

  expect(forwarded.deliveries[1]).toMatchObject({ receiverWritten: 'H99.31', receiver: 'H99.32' })
  expect(refused.deliveries[0]?.history.at(-1)).toMatchObject({
    code: '02',
    reason: expect.stringContaining('phụ lục'),
  })
})

async function documentOf(sender: string, number: string): Promise<DocumentView> {
  const client = hub.as(sender)
  const documents = await Array.fromAsync(client.documents({ sender }))
  const found = documents.find(document => document.code?.number === number)
  if (!found) throw new Error(`${sender} sent no letter ${number}`)
  return client.document(found.id)
}

const inDemo = (name: string): Promise<Buffer> => readFile(join(hub.demoFolder, name))
