import type { SignatureMaterial } from '@docaxis/edxml'
import { createChecklist, Refusal } from './refusal.ts'
import { signatureElementRules } from './signature-element.ts'
import { signedInfoRules } from './signed-info.ts'

/**
 * Every rule of the strict profile (edXML 10.2) that the Signature of a packet breaks, in the order of application;
 * cryptography is left out. The verdict goes by the first; who mends a packet wants to know them all.
 */
export function strictFaults(material: SignatureMaterial): readonly Refusal[] {
  const rules = material.count === 0 ? [] : signedInfoRules(material.signedInfo)
  const faults = [...signatureElementRules(material, createChecklist()), ...rules].flatMap(faultOf)
  const [unsigned] = faults.filter(({ code }) => code === 'NOT_SIGNED')
  if (unsigned) return [unsigned]
  return [...new Map(faults.map(fault => [`${fault.code} ${fault.rule} ${fault.message}`, fault])).values()]
}

function faultOf(rule: () => unknown): readonly Refusal[] {
  try {
    rule()
    return []
  } catch (error) {
    if (error instanceof Refusal) return [error]
    return [new Refusal('SIGNATURE_STRUCTURE', 'V03', error instanceof Error ? error.message : 'the check failed')]
  }
}
