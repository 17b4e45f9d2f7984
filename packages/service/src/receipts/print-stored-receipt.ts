import type { ReceiptPrinter } from '@docaxis/print'
import { givenStamp, listHubCertificates, receiptBackground, type Sql } from '@docaxis/store'

export interface PrintDeps {
  readonly sql: Sql
  readonly printer: ReceiptPrinter
  /** Address under which people reach the hub. */
  readonly publicUrl: string | undefined
}

/**
 * A receipt of the book of record as PDF, for somebody who may read it.
 *
 * @param hidesSubject whether the reader may not see the subject of a document of this sphere of circulation
 */
export async function printStoredReceipt(
  { sql, printer, publicUrl }: PrintDeps,
  { id, xml }: { readonly id: string; readonly xml: Buffer },
  hidesSubject: (sphere: string | null) => boolean,
): Promise<Buffer> {
  const [{ document, names, stamp }, certificates] = await Promise.all([
    receiptBackground(sql, id),
    listHubCertificates(sql),
  ])
  return printer.print({
    xml,
    hubCertificates: certificates.map(({ der }) => der),
    names,
    document: document && { ...document, subject: hidesSubject(document.sphere) ? 'hidden' : document.subject },
    stamp: stamp && givenStamp(stamp),
    publicUrl,
  })
}
