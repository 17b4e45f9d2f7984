import { randomUUID } from 'node:crypto'
import { writeDocument } from '@docaxis/edxml'
import { signEnvelope } from '@docaxis/signature'
import { type DemoPlace, placeOf } from './country.ts'
import type { DemoKeyring } from './keyring.ts'
import type { Letter } from './letters.ts'
import { type SamplePdf, samplePdf } from './sample-pdf.ts'
import { signPdf } from './sign-pdf.ts'

const dayMs = 86_400_000

/** The form most senders use: code, date, number and notation (edXML section 5). */
export function letterId(letter: Letter, day: string): string {
  const { notation } = placeOf(letter.sender)
  return `${letter.sender},${day.replaceAll('-', '/')},${letter.number}/${notation}`
}

/** The letter as its sender's office system would send it: composed and sealed. */
export function writeLetter(letter: Letter, earlier: readonly Letter[], keyring: DemoKeyring, now: Date): Buffer {
  const sender = placeOf(letter.sender)
  const seal = sealOf(sender, keyring)
  const answered = letter.answers === undefined ? undefined : earlier[letter.answers]
  const xml = writeDocument(
    {
      sender: { agencyCode: sender.code, name: sender.name },
      receivers: letter.receivers.map(code => ({ agencyCode: code, name: placeOf(code).name })),
      documentId: letterId(letter, dayOf(now)),
      code: { number: letter.number, notation: sender.notation },
      issuedAt: sender.seat,
      issuedOn: dayOf(now),
      documentType: { type: 1, name: letter.type },
      subject: letter.subject,
      content: letter.subject,
      signer: { position: sender.official.position, fullName: sender.official.name },
      priority: letter.priority,
      pages: 1,
      sentAt: now,
      recipientLines: ['Như trên', 'Lưu: VT'],
      ...(letter.dueInDays && { dueOn: dayOf(new Date(now.getTime() + letter.dueInDays * dayMs)) }),
      ...(answered && { repliesTo: [replyTo(answered, now)] }),
      attachments: [attachmentOf(letter, sender, keyring, now)],
    },
    randomUUID,
  )
  return signEnvelope(xml, { privateKey: seal.privateKey, certificates: [seal.certificate] })
}

function replyTo(letter: Letter, now: Date) {
  const { code, notation } = placeOf(letter.sender)
  return {
    agencyCode: code,
    code: `${letter.number}/${notation}`,
    issuedOn: dayOf(now),
    documentId: letterId(letter, dayOf(now)),
  }
}

function sealOf(sender: DemoPlace, { seals }: DemoKeyring) {
  const seal = seals.get(sender.sealedBy ?? sender.code)
  if (!seal) throw new Error(`no seal was made for ${sender.code}`)
  return seal
}

function attachmentOf(letter: Letter, sender: DemoPlace, keyring: DemoKeyring, now: Date) {
  const page = samplePdf([
    sender.name.toUpperCase(),
    `So: ${letter.number}/${sender.notation}`,
    letter.type,
    letter.subject,
    '',
    'TAI LIEU MAU, KHONG CO GIA TRI',
    'Sample document of a fictional country',
  ])
  return {
    name: `${letter.number}-${sender.notation}.pdf`,
    type: 'application/pdf',
    content: issued(page, sender, keyring, now).bytes,
  }
}

/** As a document is issued: the official signs, then the registry sets the agency's seal (Decree 30/2020). */
function issued(page: SamplePdf, sender: DemoPlace, keyring: DemoKeyring, now: Date): SamplePdf {
  const official = keyring.officials.get(sender.code)
  if (!official) throw new Error(`no official was made for ${sender.code}`)
  const signed = signPdf(page, { identity: official, name: sender.official.name, at: [330, 160] }, now)
  return signPdf(signed, { identity: sealOf(sender, keyring), name: sender.name, at: [330, 220] }, now)
}

/** Calendar day where the letters are written. */
export function dayOf(at: Date): string {
  return new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Ho_Chi_Minh', dateStyle: 'short' }).format(at)
}
