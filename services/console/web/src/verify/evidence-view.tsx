import { localTime, usePick } from '../language.tsx'
import { words } from '../words.ts'
import type { Evidence } from './answer.ts'
import { Section } from './parts.tsx'
import { commonName } from './path-view.tsx'

/** What says that nothing on the path is revoked, and how old that is. */
export function EvidenceView({ evidence }: { readonly evidence: readonly Evidence[] }) {
  const pick = usePick()
  if (evidence.length === 0) return null
  return (
    <Section title={pick(words.revocation)}>
      <ul class="evidence">
        {evidence.map(({ kind, sha256, issuer, thisUpdate, nextUpdate }) => (
          <li key={sha256}>
            {pick(kind === 'ocsp' ? words.ocsp : words.crl)} <bdi>{commonName({ subject: issuer })}</bdi>:{' '}
            {localTime(thisUpdate)}
            {nextUpdate !== undefined && ` ${pick(words.until)} ${localTime(nextUpdate)}`}
          </li>
        ))}
      </ul>
    </Section>
  )
}
