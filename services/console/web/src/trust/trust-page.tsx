import { usePick } from '../language.tsx'
import { Section } from '../parts/section.tsx'
import { usePerson } from '../session.ts'
import { Authorities } from './authorities.tsx'
import { Certificates } from './certificates.tsx'
import { HubKeys } from './hub-keys.tsx'
import { Requests } from './requests.tsx'
import { isTrustStaff } from './rights.ts'
import type { AuthorityView, EndingCertificate, HubKey, TrustRequest } from './trust-view.ts'
import { trustWords as words } from './words.ts'
import './trust.css'

interface Items<Row> {
  readonly items: readonly Row[]
}

/** Whom the hub believes, how long still, and what hangs on it. */
export function TrustPage() {
  const pick = usePick()
  const person = usePerson()
  return (
    <>
      <h1>{pick(words.title)}</h1>
      <div class="trust">
        <Section<Items<EndingCertificate>>
          id="certificates"
          title={pick(words.certificates)}
          path="/trust/certificates"
        >
          {({ items }) => <Certificates rows={items} />}
        </Section>
        <Section<Items<AuthorityView>> id="authorities" title={pick(words.authorities)} path="/trust/authorities">
          {({ items }) => <Authorities rows={items} />}
        </Section>
        {isTrustStaff(person) && (
          <Section<Items<TrustRequest>> id="requests" title={pick(words.requests)} path="/trust/requests">
            {({ items }) => <Requests rows={items} />}
          </Section>
        )}
        <Section<Items<HubKey>> id="hub-keys" title={pick(words.hubKeys)} path="/trust/hub-keys">
          {({ items }) => <HubKeys rows={items} />}
        </Section>
      </div>
    </>
  )
}
