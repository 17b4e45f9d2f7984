import { usePick } from '../language.tsx'
import { usePerson } from '../session.ts'
import { Authorities } from './authorities.tsx'
import { Certificates } from './certificates.tsx'
import { HubKeys } from './hub-keys.tsx'
import { Requests } from './requests.tsx'
import { isTrustStaff } from './rights.ts'
import { Section } from './section.tsx'
import type { AuthorityView, EndingCertificate, HubKey, TrustRequest } from './trust-view.ts'
import { trustWords as words } from './words.ts'
import './trust.css'

/** Whom the hub believes, how long still, and what hangs on it. */
export function TrustPage() {
  const pick = usePick()
  const person = usePerson()
  return (
    <>
      <h1>{pick(words.title)}</h1>
      <div class="trust">
        <Section<EndingCertificate> id="certificates" title={pick(words.certificates)} list="certificates">
          {rows => <Certificates rows={rows} />}
        </Section>
        <Section<AuthorityView> id="authorities" title={pick(words.authorities)} list="authorities">
          {rows => <Authorities rows={rows} />}
        </Section>
        {isTrustStaff(person) && (
          <Section<TrustRequest> id="requests" title={pick(words.requests)} list="requests">
            {rows => <Requests rows={rows} />}
          </Section>
        )}
        <Section<HubKey> id="hub-keys" title={pick(words.hubKeys)} list="hub-keys">
          {rows => <HubKeys rows={rows} />}
        </Section>
      </div>
    </>
  )
}
