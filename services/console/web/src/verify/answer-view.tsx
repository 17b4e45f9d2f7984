import { localTime, usePick } from '../language.tsx'
import { words } from '../words.ts'
import type { Answer, CertificateFacts } from './answer.ts'
import { ChecksView } from './checks-view.tsx'
import { EvidenceView } from './evidence-view.tsx'
import { Fact, looks, Section } from './parts.tsx'
import { partyText } from './party-text.ts'
import { PathView } from './path-view.tsx'
import { PdfFacts, PdfSignatures } from './pdf-view.tsx'
import { ReceiptFacts } from './receipt-view.tsx'

/** The sentence first; who, for whom and when; then everything that led to it. */
export function AnswerView({ answer, fileName }: { readonly answer: Answer; readonly fileName: string }) {
  const pick = usePick()
  const { tone, icon } = looks[answer.verdict]
  return (
    <article>
      <div class={`verdict ${tone}`}>
        <span class="icon" aria-hidden="true">
          {icon}
        </span>
        <div>
          <h2>{pick(words[answer.verdict])}</h2>
          {answer.sentences.map(sentence => (
            <Sentence key={sentence.en} text={pick(sentence)} />
          ))}
        </div>
      </div>
      <dl class="facts">
        <Fact label={pick(words.file)} value={fileName} />
        <AnswerFacts answer={answer} />
        <Fact label={pick(words.judgedAt)} value={localTime(answer.judgedAt)} />
      </dl>
      {answer.kind === 'envelope' && answer.faults.length > 0 && <Faults faults={answer.faults} />}
      {answer.kind === 'pdf' && <PdfSignatures answer={answer} />}
      {(answer.kind === 'certificate' || answer.kind === 'envelope') && <Trusted answer={answer} />}
      <ChecksView checks={answer.checks} code={answer.code} />
    </article>
  )
}

/** The code stands small beside the words, for the help desk. */
function Sentence({ text }: { readonly text: string }) {
  const [, before, code, after] = /^(.*?) \[([A-Z_]+)\](.*)$/s.exec(text) ?? []
  if (code === undefined) return <p>{text}</p>
  return (
    <p>
      {before}
      {after} <code>{code}</code>
    </p>
  )
}

function AnswerFacts({ answer }: { readonly answer: Answer }) {
  switch (answer.kind) {
    case 'certificate':
      return <CertificateAnswerFacts answer={answer} />
    case 'envelope':
      return <EnvelopeFacts answer={answer} />
    case 'pdf':
      return <PdfFacts answer={answer} />
    case 'receipt':
      return <ReceiptFacts answer={answer} />
  }
}

function Trusted({ answer }: { readonly answer: Extract<Answer, { kind: 'certificate' | 'envelope' }> }) {
  return (
    <>
      <PathView path={answer.path} otherPaths={answer.otherPaths} checks={answer.checks} />
      <EvidenceView evidence={answer.revocation} />
    </>
  )
}

function EnvelopeFacts({ answer }: { readonly answer: Extract<Answer, { kind: 'envelope' }> }) {
  const pick = usePick()
  const { sender, receivers, documentId, signer, binding } = answer
  return (
    <>
      {sender && <Fact label={pick(words.sender)} value={partyText(sender)} />}
      {receivers.length > 0 && <Fact label={pick(words.receivers)} value={receivers.map(partyText).join('; ')} />}
      {documentId !== null && <Fact label={pick(words.documentId)} value={documentId} />}
      {signer && <HolderFacts certificate={signer} label={pick(words.signer)} />}
      {binding?.mandate && <Fact label={pick(words.mandate)} value={`${binding.holder}, ${binding.mandate.id}`} />}
    </>
  )
}

function CertificateAnswerFacts({ answer }: { readonly answer: Extract<Answer, { kind: 'certificate' }> }) {
  const pick = usePick()
  return (
    <>
      <HolderFacts certificate={answer.certificate} label={pick(words.holder)} />
      <Fact label={pick(words.key)} value={answer.certificate.key} />
      {answer.boundTo && <Fact label={pick(words.boundTo)} value={answer.boundTo.agency} />}
    </>
  )
}

function HolderFacts({ certificate, label }: { readonly certificate: CertificateFacts; readonly label: string }) {
  const pick = usePick()
  const { holder, notBefore, notAfter } = certificate
  return (
    <>
      <Fact label={label} value={holder.name} />
      {holder.title !== undefined && <Fact label={pick(words.title)} value={holder.title} />}
      {holder.organization !== undefined && <Fact label={pick(words.organization)} value={holder.organization} />}
      <Fact label={pick(words.validity)} value={`${localTime(notBefore)} – ${localTime(notAfter)}`} />
    </>
  )
}

function Faults({ faults }: Pick<Extract<Answer, { kind: 'envelope' }>, 'faults'>) {
  const pick = usePick()
  return (
    <Section title={pick(words.faults)}>
      <ul class="faults">
        {faults.map(fault => (
          <li key={`${fault.code} ${fault.path}`}>
            <bdi>{pick(fault)}</bdi> <span class="hint">{pick(fault.hint)}</span> <code>{fault.code}</code>
          </li>
        ))}
      </ul>
    </Section>
  )
}
