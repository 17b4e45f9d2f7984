import { itWithPrograms } from '@docaxis/testkit'
import { afterAll, beforeAll, expect } from 'vitest'
import { blobOf, letter } from './support/letter.ts'
import { type TestHub, testHub } from './support/test-hub.ts'
import { signWithXmlsec } from './support/xmlsec.ts'

const itWithXmlsec = itWithPrograms('xmlsec1')

let hub: TestHub
beforeAll(async () => {
  hub = await testHub()
})
afterAll(() => hub.stop())

itWithXmlsec('accepts a document that xmlsec1 signed with the key of a demo agency', async () => {
  const signed = await signWithXmlsec(hub, letter(hub, 'G99', ['H99']), 'G99')

  const sent = await hub.as('G99').send(blobOf(signed))

  expect(sent.verdict).toMatchObject({ verdict: 'VALID', binding: { holderCode: 'G99' } })
})

itWithXmlsec('refuses it with one letter of the subject changed', async () => {
  const signed = await signWithXmlsec(hub, letter(hub, 'G99', ['H99'], { subject: 'Chuyển 100 triệu đồng' }), 'G99')
  const changed = Buffer.from(signed.toString().replace('100 triệu', '900 triệu'))

  const send = hub.as('G99').send(blobOf(changed))

  await expect(send).rejects.toMatchObject({ errors: [{ code: 'CheckSignature' }, { code: 'DIGEST_MISMATCH' }] })
})

itWithXmlsec('refuses it under the name of an agency that another system serves', async () => {
  const signed = await signWithXmlsec(hub, letter(hub, 'G99', ['H99']), 'G99')

  await expect(hub.as('G98').send(blobOf(signed))).rejects.toMatchObject({ status: 403, code: 'SENDER_NOT_ALLOWED' })
})

itWithXmlsec('refuses it with any one of its characters changed under the signature', async () => {
  const signed = (await signWithXmlsec(hub, letter(hub, 'G99', ['H99']), 'G99')).toString()
  const header = signed.indexOf('<edXML:edXMLHeader')
  const accepted: string[] = []

  for (let at = header; at < signed.indexOf('<SignatureValue'); at += 41) {
    const changed = signed.slice(0, at) + (signed[at] === 'q' ? 'Q' : 'q') + signed.slice(at + 1)
    const outcome = await hub
      .as('G99')
      .send(blobOf(Buffer.from(changed)))
      .then(
        () => 'accepted',
        ({ status }) => status,
      )
    if (![400, 403, 422].includes(outcome as number)) accepted.push(`${at}: ${outcome}`)
  }

  expect(accepted).toEqual([])
})
