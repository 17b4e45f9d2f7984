import type { VerificationCode } from '@docaxis/errors'
import { worstOf } from '../../signed-xml/outcome.ts'
import type { Outcome } from '../../signed-xml/verdict.ts'
import type { PdfSignatureVerdict } from '../verdict.ts'

/** The worst signature decides for the document; what is VALID with a remark keeps its remarks. */
export function documentOutcome(signatures: readonly PdfSignatureVerdict[], active: readonly string[]): Outcome {
  const [first, ...rest] = signatures
  if (!first) throw new TypeError('nothing to decide by')
  const worst = worstOf([first, ...rest], [])
  const remarks = signatures.flatMap(({ codes }) => codes).filter(code => isRemark(code))
  const own: readonly VerificationCode[] = active.length > 0 ? ['PDF_ACTIVE_CONTENT'] : []
  return { ...worst, codes: [...new Set([...worst.codes, ...remarks, ...own])] }
}

/** Codes that stand beside `OK`: the signature holds, and something is to be told with it. */
function isRemark(code: VerificationCode): boolean {
  return code === 'PDF_LATER_REVISION'
}
