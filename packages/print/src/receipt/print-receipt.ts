import { createHash } from 'node:crypto'
import type { Bilingual } from '@docaxis/errors'
import { parseCertificate } from '@docaxis/pki'
import { commonName, verifyReceipt } from '@docaxis/signature'
import { drawQr } from '../qr.ts'
import { openSheets } from '../sheets.ts'
import { drawRows, drawSection, gap, keepTogether } from './draw.ts'
import { documentRows, factRows, receiptRows, waysToCheck } from './receipt-rows.ts'
import { banners, statementOf, titles } from './statement.ts'

/** What is printed: the signed receipt, and what the hub knows beside it. */
export interface ReceiptToPrint {
  /** The signed bytes; they are attached as they are. */
  readonly xml: Uint8Array
  /** Of the hub in DER, this year's and earlier ones. */
  readonly hubCertificates: readonly Uint8Array[]
  /** Of agencies by code, as far as they are known. */
  readonly names: ReadonlyMap<string, string>
  /** Null for a refusal, where nothing was stored. */
  readonly document: DocumentOnPaper | null
  /** The time stamp as the hub gives it; undefined while there is none. */
  readonly stamp: StampOnPaper | undefined
  /** Address under which people reach the hub; without it the code carries id and hash alone. */
  readonly publicUrl: string | undefined
}

export interface DocumentOnPaper {
  readonly number: string | null
  readonly notation: string | null
  readonly typeName: string | null
  /** `yyyy-mm-dd`. */
  readonly issuedOn: string | null
  /** `hidden` where the reader may not see it: internal circulation. */
  readonly subject: string | null | 'hidden'
}

export interface StampOnPaper {
  readonly tsa: string
  /** RFC 3339 UTC. */
  readonly genTime: string
}

/**
 * A receipt on paper: what it proves in both languages, and how to check it. The signed XML lies inside as an attached
 * file, so that the PDF alone can be verified; the words on the pages carry no signature of their own. Equal input gives
 * equal bytes.
 *
 * @throws Error for a receipt that the hub did not sign: that is no evidence to print
 */
export async function printReceipt(wish: ReceiptToPrint): Promise<Buffer> {
  const { xml, names, document, stamp, publicUrl } = wish
  const hubCertificates = wish.hubCertificates.map(der => parseCertificate(Buffer.from(der)))
  const { receipt, certificate, detail } = verifyReceipt(xml, { hubCertificates })
  if (!receipt || !certificate) throw new Error(`the receipt cannot be printed: ${detail}`)

  const sha256 = createHash('sha256').update(xml).digest('hex')
  const title = titles[receipt.kind]
  const createdAt = new Date(receipt.issuedAt)
  const { paper, finish } = openSheets({
    title: `${title.vi} ${receipt.id}`,
    language: 'vi-VN',
    createdAt,
    footer: (page, pages) => `Biên nhận ${receipt.id}  ·  Trang ${page}/${pages}  ·  Page ${page} of ${pages}`,
  })

  drawOpening(paper, {
    hub: receipt.hub,
    title,
    banner: banners[receipt.environment],
    statement: statementOf(receipt, names),
    address: checkAddress(publicUrl, receipt.id, sha256),
  })
  drawSection(paper, { vi: 'Văn bản', en: 'Document' })
  drawRows(paper, documentRows(receipt, document, names))
  drawRows(paper, factRows(receipt, names))
  drawSection(paper, { vi: 'Biên nhận', en: 'Receipt' })
  drawRows(paper, receiptRows(receipt, sha256, { ...certificate, name: commonName(certificate.subject) }, stamp))
  drawWays(paper, waysToCheck(receipt.id, publicUrl, stamp !== undefined))

  attach(paper, { bytes: xml, name: `${receipt.id}.xml`, type: 'application/xml', relationship: 'Source', createdAt })
  if (stamp) {
    const bytes = Buffer.from(JSON.stringify(stamp, null, 2))
    const name = `${receipt.id}.stamp.json`
    attach(paper, { bytes, name, type: 'application/json', relationship: 'Supplement', createdAt })
  }
  return finish()
}

/**
 * What the QR code carries. Id and hash stand behind `#`: the browser keeps them from every log on the way.
 *
 * @param sha256 of the signed XML, 64 lower-case hex digits
 */
export function checkAddress(publicUrl: string | undefined, id: string, sha256: string): string {
  if (publicUrl === undefined) return `docaxis:receipt:${id}:${sha256}`
  return `${new URL('/verify', publicUrl).href}#receipt=${id}.${sha256}`
}

const qrSide = 124

interface Opening {
  readonly hub: string
  readonly title: Bilingual
  readonly banner: Bilingual | undefined
  readonly statement: Bilingual
  readonly address: string
}

/** Who attests, and what; the code at the right, where whoever holds the paper looks first. */
function drawOpening(paper: PDFKit.PDFDocument, { hub, title, banner, statement, address }: Opening): void {
  const { left, right, top } = paper.page.margins
  const width = paper.page.width - left - right - qrSide
  // The white margin of the code stands over the margin of the page, so that its dots end where the text does.
  drawQr(paper, address, { x: paper.page.width - right - qrSide + 8, y: top - 8, side: qrSide })
  paper.font('bold').fontSize(10).fillColor('#1a1a1a').text(hub, left, top, { width })
  if (banner) paper.fillColor('#a11212').text(`${banner.vi} · ${banner.en}`, { width })
  paper.y += gap
  paper.fontSize(17).fillColor('#1a1a1a').text(title.vi, { width, lineGap: -2 })
  paper.font('regular').fontSize(10).fillColor('#555555').text(title.en, { width })
  paper.y += gap
  drawBoth(paper, statement, { size: 11, width })
  paper.y = Math.max(paper.y, top + qrSide - gap)
}

function drawWays(paper: PDFKit.PDFDocument, ways: readonly Bilingual[]): void {
  const width = paper.page.width - paper.page.margins.left - paper.page.margins.right
  drawSection(paper, { vi: 'Kiểm tra biên nhận này', en: 'Checking this receipt' })
  for (const way of ways) {
    keepTogether(paper, 44)
    drawBoth(paper, way, { size: 9, width })
  }
}

function drawBoth(paper: PDFKit.PDFDocument, text: Bilingual, look: { readonly size: number; readonly width: number }) {
  const { size, width } = look
  paper.font('regular').fontSize(size).fillColor('#1a1a1a')
  paper.text(text.vi, paper.page.margins.left, paper.y, { width })
  paper.y += 2
  paper
    .fontSize(size - 1.5)
    .fillColor('#555555')
    .text(text.en, { width })
  paper.y += gap / 2
}

interface AttachedFile {
  readonly bytes: Uint8Array
  readonly name: string
  readonly type: string
  readonly relationship: 'Source' | 'Supplement'
  readonly createdAt: Date
}

function attach(paper: PDFKit.PDFDocument, { bytes, name, createdAt, ...kind }: AttachedFile): void {
  // The types of the library know no bytes but Buffer.
  paper.file(Buffer.from(bytes), { name, creationDate: createdAt, modifiedDate: createdAt, ...kind })
}
