import type { XmlFault } from '@docaxis/edxml/xml'
import type { VerificationCode } from '@docaxis/errors'
import { Refusal } from '../refusal.ts'

/** What a fault of the XML itself means for its signature (V01). */
export function xmlRefusal({ code, line, details }: XmlFault): Refusal {
  const facts = Object.entries(details ?? {}).map(([name, value]) => `${name} ${value}`)
  return new Refusal(xmlFaultCode(code), 'V01', [`line ${line}: ${code}`, ...facts].join(', '))
}

export function xmlFaultCode(code: string): VerificationCode {
  if (code === 'M.XML.Doctype') return 'XML_DOCTYPE_FORBIDDEN'
  return code.startsWith('R.XML.') ? 'XML_LIMIT_EXCEEDED' : 'XML_MALFORMED'
}
