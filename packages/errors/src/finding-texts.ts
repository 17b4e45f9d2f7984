import type { Finding, Severity } from './finding.ts'
import { attachmentTexts } from './texts/attachment-texts.ts'
import { flowTexts } from './texts/flow-texts.ts'
import { headerTexts, splitText } from './texts/header-texts.ts'
import { letterText, repeatedText } from './texts/letters.ts'
import { receiverLimitText } from './texts/receiver-limit-texts.ts'
import { type FindingText, text } from './texts/text.ts'
import { verificationTexts } from './texts/verification-texts.ts'
import { xmlTexts } from './texts/xml-texts.ts'
import type { VerificationCode } from './verification-codes.ts'

/** Codes whose sentence the letter templates could not say well. */
const specialTexts = new Map([...xmlTexts, ...headerTexts, ...attachmentTexts, ...flowTexts])

export interface FindingPlace {
  /** Wire spelling with position, `MessageHeader/To[2]/OrganId`; for XML faults `line 12`. */
  readonly path: string
  /** `error` when left out. */
  readonly severity?: Severity
  /**
   * Identifiers and limits that disagree; no document content. `max` is told as the limit, `occurrences` says that a
   * single-valued element is repeated, `choices` names to whom else it may be sent.
   */
  readonly details?: Readonly<Record<string, string | number>>
}

/**
 * One fault with its sentence and its fix hint, in Vietnamese and English.
 *
 * @param code a path code of the error vocabulary (edXML 11), `CheckSignature`, `Permission`, `ACTION_NOT_APPLIED`,
 *   or a verification code
 */
export function finding(code: string, place: FindingPlace): Finding {
  const details = place.details ?? {}
  const { vi, en, hint } = textOf(code, details)
  const where = place.path === '' ? '' : ` (${place.path})`
  return {
    code,
    path: place.path,
    severity: place.severity ?? 'error',
    vi: `${vi}${where}.`,
    en: `${en}${where}.`,
    hint,
    ...(place.details === undefined ? {} : { details: place.details }),
  }
}

function textOf(code: string, details: Readonly<Record<string, string | number>>): FindingText {
  if (isVerificationCode(code)) return verificationTexts[code]
  if (details.occurrences !== undefined) return repeatedText(code)
  if (details.choices !== undefined) return splitText(String(details.choices))
  return receiverLimitText(code, details) ?? specialTexts.get(code) ?? letterText(code, details) ?? unexplained(code)
}

function isVerificationCode(code: string): code is VerificationCode {
  return Object.hasOwn(verificationTexts, code)
}

function unexplained(code: string): FindingText {
  return text(
    `Gói tin có lỗi mã ${code}`,
    `The envelope has a fault with code ${code}`,
    'Báo mã lỗi cho quản trị trục.',
    'Report the code to the administrator of the hub.',
  )
}
