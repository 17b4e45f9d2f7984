import { useState } from 'preact/hooks'
import { localTime, usePick } from '../language.tsx'
import { Ask } from '../parts/ask.tsx'
import { Badge, type Tone } from '../parts/badge.tsx'
import { Field } from '../parts/field.tsx'
import { FileField } from '../parts/file-field.tsx'
import { useCount } from '../parts/number.ts'
import { type Column, Table } from '../parts/table.tsx'
import { usePerson } from '../session.ts'
import { commonName } from '../trust/trust-view.ts'
import type { CertificateView } from './agency-view.ts'
import { mayManageSeals } from './rights.ts'
import { useChange } from './use-change.ts'
import { agencyWords as words } from './words.ts'

interface CertificatesProps {
  readonly code: string
  readonly certificates: readonly CertificateView[]
}

/** What the agency and its officials sign with, and what they signed with before. */
export function Certificates({ code, certificates }: CertificatesProps) {
  const pick = usePick()
  const person = usePerson()
  const held = certificates.filter(({ unboundAt }) => unboundAt === null)
  const past = certificates.filter(({ unboundAt }) => unboundAt !== null)
  return (
    <>
      {held.length === 0 ? (
        <p class="calm plain">{pick(words.noCertificates)}</p>
      ) : (
        <CertificateTable code={code} rows={held} />
      )}
      {past.length > 0 && (
        <details class="how">
          <summary>{pick(words.pastCertificates)}</summary>
          <CertificateTable code={code} rows={past} />
        </details>
      )}
      {mayManageSeals(person) && <Add code={code} hasOthers={held.length > 0} />}
    </>
  )
}

function CertificateTable({ code, rows }: { readonly code: string; readonly rows: readonly CertificateView[] }) {
  const pick = usePick()
  const person = usePerson()
  const columns: readonly Column<CertificateView>[] = [
    { head: pick(words.certificate), cell: row => <Name row={row} /> },
    { head: pick(words.signsAs), cell: row => <SignsAs row={row} /> },
    { head: pick(words.daysLeft), cell: row => <DaysLeft row={row} /> },
    { head: pick(words.until), cell: ({ endsAt, notAfter }) => localTime(endsAt ?? notAfter) },
    ...(mayManageSeals(person) && rows.some(({ unboundAt }) => unboundAt === null)
      ? [{ head: pick(words.change), cell: (row: CertificateView) => <Withdraw code={code} row={row} /> }]
      : []),
  ]
  return <Table caption={pick(words.certificates)} columns={columns} rows={rows} keyOf={rowKey} />
}

const rowKey = ({ sha256, unboundAt }: CertificateView): string => `${sha256} ${unboundAt}`

function Name({ row: { subject, issuer, sha256 } }: { readonly row: CertificateView }) {
  const pick = usePick()
  return (
    <>
      <bdi class="clamped">{commonName(subject)}</bdi>
      <small class="under" title={issuer}>
        {pick(words.issuedBy)} <bdi>{commonName(issuer)}</bdi> · <bdi>{sha256.slice(0, 12)}…</bdi>
      </small>
    </>
  )
}

function SignsAs({ row: { kind, person, position } }: { readonly row: CertificateView }) {
  const pick = usePick()
  if (kind === 'seal') return <>{pick(words.seal)}</>
  return (
    <>
      {pick(words.official)}
      <small class="under">
        <bdi>{[person, position].filter(Boolean).join(', ')}</bdi>
      </small>
    </>
  )
}

function DaysLeft({ row: { days, revoked, suspended, unboundAt } }: { readonly row: CertificateView }) {
  const pick = usePick()
  const count = useCount()
  if (revoked !== null) return <Badge tone="bad">{pick(words.certificateRevoked)}</Badge>
  if (suspended !== null) return <Badge tone="bad">{pick(words.suspended)}</Badge>
  if (unboundAt !== null) return <Badge tone="plain">{pick(words.withdrawn)}</Badge>
  if (days < 0) return <Badge tone="bad">{pick(words.ended)}</Badge>
  const tone: Tone = days < 7 ? 'bad' : days < 30 ? 'wait' : 'good'
  return <Badge tone={tone}>{count(days, words.days)}</Badge>
}

function Withdraw({ code, row: { sha256, subject } }: { readonly code: string; readonly row: CertificateView }) {
  const pick = usePick()
  const change = useChange(code)
  return (
    <Ask
      label={pick(words.withdraw)}
      name={`${pick(words.withdraw)} ${commonName(subject)}`}
      about={commonName(subject)}
      what={pick(words.withdrawEffect)}
      confirm={pick(words.withdraw)}
      danger
      act={() => change<void>(`/certificates/${sha256}`, { method: 'DELETE' })}
    />
  )
}

const empty = { certificate: '', person: '', position: '' }

function Add({ code, hasOthers }: { readonly code: string; readonly hasOthers: boolean }) {
  const pick = usePick()
  const change = useChange(code)
  const [form, setForm] = useState(empty)
  const [file, setFile] = useState<File>()
  const set = (name: keyof typeof empty) => (value: string) => setForm(before => ({ ...before, [name]: value }))
  const take = async (chosen: File | undefined) => {
    setFile(chosen)
    if (chosen) set('certificate')(await certificateText(chosen))
  }
  const begin = () => {
    setFile(undefined)
    setForm(empty)
  }
  const add = () => {
    const { certificate, person, position } = form
    const official = { person: person.trim(), ...(position.trim() && { position: position.trim() }) }
    return change<void>('/certificates', {
      method: 'POST',
      body: { certificate, ...(official.person !== '' && { official }) },
    })
  }
  return (
    <div class="below">
      <Ask
        label={pick(words.addCertificate)}
        about={code}
        what={pick(hasOthers ? words.addBesideEffect : words.addEffect)}
        confirm={pick(words.add)}
        onOpen={begin}
        act={add}
      >
        <FileField
          label={pick(words.certificateFile)}
          accept=".cer,.crt,.pem,.der"
          file={file}
          onFile={chosen => void take(chosen)}
        />
        <label class="field">
          <span>{pick(words.certificateText)}</span>
          <textarea
            rows={4}
            required
            maxLength={65_536}
            value={form.certificate}
            onInput={event => set('certificate')(event.currentTarget.value)}
          />
        </label>
        <Field
          label={pick(words.person)}
          hint={pick(words.personHint)}
          value={form.person}
          onInput={set('person')}
          maxLength={200}
        />
        {form.person.trim() !== '' && (
          <Field label={pick(words.position)} value={form.position} onInput={set('position')} maxLength={200} />
        )}
      </Ask>
    </div>
  )
}

/** PEM as it is; DER in Base64. */
async function certificateText(file: File): Promise<string> {
  const bytes = new Uint8Array(await file.arrayBuffer())
  const text = new TextDecoder('latin1').decode(bytes)
  return text.includes('-----BEGIN') ? text : btoa(text)
}
