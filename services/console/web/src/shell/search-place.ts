import { agencyPath } from '../agencies/agency-row.ts'

/** As the hub numbers what it keeps. */
const hubId = /^[0-9a-f]{24}$/
/** `H99.32.05`, or its form of 2016: `000.05.32.H99`. */
const agencyCode = /^(?:[a-z]\d{2}(?:\.\d{2,3})*|(?:\d{2,3}\.){3}[a-z]\d{2})$/i
/** `SIGNATURE_UNPROVEN`: what stands small under a refusal. */
const errorCode = /^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+$/

export interface SearchPlace {
  readonly path: string
  /** A document of its own: the browser loads it. */
  readonly outside?: boolean
}

/** Where somebody wants to go who writes this: to one document, one agency, one code, or among the documents. */
export function searchPlace(text: string): SearchPlace {
  const wanted = text.trim()
  if (wanted === '') return { path: '/documents' }
  if (hubId.test(wanted)) return { path: `/documents/${wanted}` }
  if (agencyCode.test(wanted)) return { path: agencyPath(wanted.toUpperCase()) }
  if (errorCode.test(wanted)) return { path: `/help/${wanted}`, outside: true }
  return { path: `/documents?q=${encodeURIComponent(wanted)}` }
}
