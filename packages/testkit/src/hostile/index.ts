import { createTrust, DerError, parseCertificate, parseCrl, validatePath } from '@docaxis/pki'
import { noon } from '../authority.ts'
import { absurdCertificates, absurdKeyHolders } from './certificates.ts'
import { lookAlikes, nameFloods, policyFloods } from './chains.ts'
import { listFloods, pointFloods } from './lists.ts'
import { type HostileQuestion, hostileRoot } from './question.ts'

/** Certificates, paths and lists made to stop or mislead whoever judges them; made one after the other, some are large. */
export async function* hostileQuestions(): AsyncGenerator<HostileQuestion> {
  const root = await hostileRoot()
  yield* absurdCertificates(root)
  for (const questions of [absurdKeyHolders, lookAlikes, nameFloods, policyFloods, listFloods, pointFloods]) {
    yield* questions(root)
  }
}

/** Reads and judges everything from its bytes, as for the first time. */
export function answerTo({ anchor, certificate, intermediates, crls }: HostileQuestion): string {
  try {
    const trust = createTrust({ anchors: [parseCertificate(anchor)], crls: (crls ?? []).map(der => parseCrl(der)) })
    return validatePath({
      certificate: parseCertificate(certificate),
      intermediates: intermediates.map(der => parseCertificate(der)),
      trust,
      at: noon,
      purpose: 'any',
      revocation: crls ? 'required' : 'none',
    }).verdict
  } catch (error) {
    if (error instanceof DerError) return 'unreadable'
    throw error
  }
}
