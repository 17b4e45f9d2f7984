import type { Envelope, Profile } from '@docaxis/edxml'
import { finding } from '@docaxis/errors'
import type { Proof } from './proof.ts'

/** Kind of packet as the transport names it; `/api/v1` does not, VXP does (`messagetype`). */
export type DeclaredKind = Envelope['kind']

/** On contradiction the content decides: legacy systems are warned, strict ones refused (edXML 3). */
export function checkDeclaredKind(proof: Proof, declared: DeclaredKind | undefined, profile: Profile): Proof {
  const kind = proof.envelope?.kind
  if (declared === undefined || kind === undefined || declared === kind) return proof
  const severity = profile === 'strict' ? 'error' : 'warning'
  const contradiction = finding('M.MessageType', { path: 'MessageHeader', severity, details: { declared, kind } })
  return { ...proof, findings: [...proof.findings, contradiction] }
}
