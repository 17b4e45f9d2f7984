import type { PdfProfile, PdfSignatureVerdict } from '@docaxis/signature'
import { type BatchOutcome, broken, isAbsent, isName, type LineKind, momentIn, namesIn } from './batch.ts'
import type { CertificateFiles } from './certificate-files.ts'
import { type PdfRequest, verifyPdfFile } from './verify-pdf-file.ts'

interface PdfOutcome extends BatchOutcome {
  readonly signatures: readonly Pick<PdfSignatureVerdict, 'verdict' | 'codes' | 'coversDocument'>[]
  /** `integrity`: no anchors were named, so nobody was asked who signed. */
  readonly scope: 'integrity' | 'full'
}

export const pdfProfiles = ['generic', 'vn-issued'] satisfies readonly PdfProfile[]

/**
 * Lines that each name one PDF.
 *
 * @param at the judged time of lines that name none
 */
export function pdfLines(files: CertificateFiles, at: Date): LineKind<PdfRequest, PdfOutcome> {
  // A file that is there and holds no certificate is no anchor: nothing leads to it, and the batch goes on.
  const lenient = { ...files, certificates: files.readableCertificates, crls: files.readableCrls }
  return {
    read: ({ file, profile, ...fields }, place) => {
      const [anchors, crls, ocsp] = [fields.anchors, fields.crls, fields.ocsp].map(namesIn)
      const moment = momentIn(fields.at)
      const known = isAbsent(profile) ? 'generic' : pdfProfiles.find(name => name === profile)
      if (!isName(file) || !known || moment === broken) return undefined
      if (anchors === broken || crls === broken || ocsp === broken) return undefined
      return {
        file: place(file),
        profile: known,
        anchors: anchors?.map(place),
        crls: crls?.map(place),
        ocsp: ocsp?.map(place),
        at: moment ?? at,
      }
    },
    judge: async request => {
      const { verdict, codes, signatures, scope } = await verifyPdfFile(request, lenient)
      const told = signatures.map(({ verdict, codes, coversDocument }) => ({ verdict, codes, coversDocument }))
      return { verdict, codes, signatures: told, scope }
    },
    refused: (code, request) => ({
      verdict: 'INVALID',
      codes: [code],
      signatures: [],
      scope: request?.anchors ? 'full' : 'integrity',
    }),
  }
}
