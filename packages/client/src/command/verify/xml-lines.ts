import { type BatchOutcome, broken, isAbsent, isName, type LineKind, momentIn, namesIn } from './batch.ts'
import type { CertificateFiles } from './certificate-files.ts'
import type { Profile, VerifyRequest } from './file-verdict.ts'
import { verifyFile } from './verify-file.ts'

interface XmlOutcome extends BatchOutcome {
  readonly scope: 'integrity' | 'full'
}

/**
 * Lines that each name one signed XML file.
 *
 * @param at the judged time of lines that name none
 */
export function xmlLines(files: CertificateFiles, at: Date): LineKind<VerifyRequest, XmlOutcome> {
  return {
    read: ({ file, profile, ...fields }, place) => {
      const certificates = namesIn(fields.certificates)
      const anchors = namesIn(fields.anchors)
      const crls = namesIn(fields.crls)
      const moment = momentIn(fields.at)
      if (!isName(file) || !(isAbsent(profile) || isProfile(profile))) return undefined
      if (certificates === broken || anchors === broken || crls === broken || moment === broken) return undefined
      return {
        file: place(file),
        ...(isProfile(profile) && { profile }),
        certificates: certificates?.map(place),
        anchors: anchors?.map(place),
        crls: crls?.map(place),
        at: moment ?? at,
        hashed: false,
      }
    },
    judge: async request => {
      // A file that is there and holds no certificate gives no key: nothing verifies with it, and the batch goes on.
      const { verdict, codes, scope } = await verifyFile(request, {
        ...files,
        certificates: files.readableCertificates,
      })
      return { verdict, codes, scope }
    },
    refused: (code, request) => ({ verdict: 'INVALID', codes: [code], scope: request?.anchors ? 'full' : 'integrity' }),
  }
}

const isProfile = (value: unknown): value is Profile => value === 'edxml' || value === 'generic'
