import { localTime, usePick } from '../language.tsx'
import { words } from '../words.ts'
import type { PdfAnswer, PdfSignature } from './answer.ts'
import { ChecksView } from './checks-view.tsx'
import { EvidenceView } from './evidence-view.tsx'
import { Fact, looks } from './parts.tsx'
import { PathView } from './path-view.tsx'

export function PdfFacts({ answer }: { readonly answer: PdfAnswer }) {
  const pick = usePick()
  const { role, activeContent } = answer
  return (
    <>
      {role && <Fact label={pick(words.documentRole)} value={pick(role.name)} />}
      {activeContent.length > 0 && <Fact label={pick(words.activeContent)} value={activeContent.join(', ')} />}
    </>
  )
}

/** Each signature with a verdict of its own, in the order of signing. */
export function PdfSignatures({ answer: { signatures } }: { readonly answer: PdfAnswer }) {
  return (
    <>
      {signatures.map((signature, index) => (
        <OneSignature
          key={`${index} ${signature.certificate?.sha256}`}
          signature={signature}
          place={`${index + 1}/${signatures.length}`}
        />
      ))}
    </>
  )
}

function OneSignature({ signature, place }: { readonly signature: PdfSignature; readonly place: string }) {
  const pick = usePick()
  const { tone, icon } = looks[signature.verdict]
  const { signer, times } = signature
  return (
    <section class="part">
      <h3 class={`signature ${tone}`}>
        <span aria-hidden="true">{icon}</span> {pick(words.signature)} {place}: {pick(words[signature.verdict])}
      </h3>
      <dl class="facts">
        {signer?.name && <Fact label={pick(words.signer)} value={signer.name} />}
        {signer?.position && <Fact label={pick(words.title)} value={signer.position} />}
        {signer?.organization && <Fact label={pick(words.organization)} value={signer.organization} />}
        <Fact label={pick(words.role)} value={pick(signature.role.name)} />
        {times.claimed && <Fact label={pick(words.claimedAt)} value={localTime(times.claimed)} />}
        <Fact label={pick(words.provenAt)} value={times.proven ? localTime(times.proven) : pick(words.noTimeStamp)} />
        <Fact
          label={pick(words.covers)}
          value={pick(signature.coversDocument ? words.wholeFile : words.earlierRevision)}
        />
      </dl>
      <Changes signature={signature} />
      <details>
        <summary>{pick(words.details)}</summary>
        <PathView path={signature.path} otherPaths={[]} checks={signature.checks} />
        <EvidenceView evidence={signature.revocation} />
        <ChecksView checks={signature.checks} code={signature.code} />
      </details>
    </section>
  )
}

function Changes({ signature: { changesAfter } }: { readonly signature: PdfSignature }) {
  const pick = usePick()
  if (changesAfter.length === 0) return null
  return (
    <>
      <p>{pick(words.changes)}:</p>
      <ul class="changes">
        {changesAfter.map(({ name, allowed, detail }) => (
          <li key={`${name.en} ${detail}`} class={allowed ? '' : 'bad'}>
            {pick(name)} <span class="word">({pick(allowed ? words.allowed : words.forbidden)})</span>
          </li>
        ))}
      </ul>
    </>
  )
}
