import { randomBytes } from 'node:crypto'
import { parseCertificate } from '@docaxis/pki'
import { testPdf } from '@docaxis/testkit'
import { openApi } from '../load/api.ts'
import { agencyOf, type DemoAgency } from '../load/country.ts'
import { sealedDocument } from '../load/documents.ts'
import { sendAll } from './send-all.ts'
import { type DemoHub, withHub } from './with-hub.ts'

/** `none`: the attachment is no PDF, of the same size; the others are policies of the sending system. */
export type AttachmentWay = 'none' | 'before-accept' | 'record'

export interface AttachmentCost {
  readonly way: AttachmentWay
  readonly acceptedPerSecond: number
}

const sender = 'G99'
const warmUp = 100
const pdfBytes = 50_000
/** What is checked after acceptance comes last, so that its checks hinder nobody else's measurement. */
const ways: readonly AttachmentWay[] = ['none', 'before-accept', 'record']

/** Documents per second taken in with one signed PDF each, by when its signature is checked. */
export async function measureAttachments(documents: number, concurrency: number): Promise<AttachmentCost[]> {
  return withHub({}, async hub => {
    const costs: AttachmentCost[] = []
    for (const way of ways) costs.push({ way, acceptedPerSecond: await measure(hub, way, { documents, concurrency }) })
    return costs
  })
}

async function measure(
  hub: DemoHub,
  way: AttachmentWay,
  { documents, concurrency }: { readonly documents: number; readonly concurrency: number },
): Promise<number> {
  if (way !== 'none') await hub.operate('admin', 'system', `demo-${sender}`, '--attachment-policy', way)
  const agency = agencyOf(hub.country, sender)
  const receivers = [agencyOf(hub.country, 'H99.32')]
  const envelopes = Array.from({ length: warmUp + documents }, (_, index) =>
    sealedDocument(agency, {
      documentId: `attachments-${way}-${index}`,
      receivers,
      bytes: 0,
      attachment: way === 'none' ? noise() : signedPdf(agency),
    }),
  )
  const api = openApi(hub.url, agency.token, concurrency)
  try {
    await sendAll(api, envelopes.slice(0, warmUp), concurrency)
    return await sendAll(api, envelopes.slice(warmUp), concurrency)
  } finally {
    await api.close()
  }
}

function noise() {
  return { name: '7816.bin', type: 'application/octet-stream', content: randomBytes(pdfBytes) }
}

function signedPdf({ key, certificatePem }: DemoAgency) {
  const certificate = parseCertificate(certificatePem)
  const signer = { certificate, certificatePem, privateKey: key, privateKeyPem: '' }
  return { name: '7816.signed.pdf', type: 'application/pdf', content: testPdf({ signer, ballast: pdfBytes - 20_000 }) }
}
