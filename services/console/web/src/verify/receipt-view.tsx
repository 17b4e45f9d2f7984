import { localTime, usePick } from '../language.tsx'
import { words } from '../words.ts'
import type { ReceiptAnswer } from './answer.ts'
import { Fact } from './parts.tsx'
import { partyText } from './party-text.ts'
import { commonName } from './path-view.tsx'

/** What was signed, to compare with the paper. */
export function ReceiptFacts({ answer }: { readonly answer: ReceiptAnswer }) {
  const pick = usePick()
  const { receipt, signer, stamp, sha256 } = answer
  return (
    <>
      {receipt && <Attested receipt={receipt} />}
      {signer && <Fact label={pick(words.signer)} value={commonName(signer)} />}
      {receipt && (
        <Fact
          label={pick(words.timeStamp)}
          value={stamp ? `${localTime(stamp.genTime)}, ${stamp.tsa}` : pick(words.noTimeStamp)}
        />
      )}
      <Fact label={pick(words.receiptSha256)} value={sha256} />
    </>
  )
}

function Attested({ receipt }: { readonly receipt: NonNullable<ReceiptAnswer['receipt']> }) {
  const pick = usePick()
  const { id, title, hub, environment, issuedAt, documentId, sender, receivers, reasons } = receipt
  return (
    <>
      <Fact label={pick(words.receiptKind)} value={`${pick(title)}, ${id}`} />
      <Fact label={pick(words.issuedBy)} value={hub} />
      <Fact label={pick(words.environment)} value={pick(environmentWords(environment))} />
      <Fact label={pick(words.issuedAt)} value={localTime(issuedAt)} />
      {documentId !== null && <Fact label={pick(words.documentId)} value={documentId} />}
      {sender && <Fact label={pick(words.sender)} value={partyText(sender)} />}
      {receivers.length > 0 && <Fact label={pick(words.receivers)} value={receivers.map(partyText).join('; ')} />}
      {reasons.length > 0 && <Fact label={pick(words.reason)} value={reasons.map(reason => pick(reason)).join(' ')} />}
      <Fact label={pick(words.packetSha256)} value={receipt.sha256} />
    </>
  )
}

function environmentWords(environment: string) {
  if (environment === 'production') return words.production
  return environment === 'demo' ? words.demo : words.test
}
