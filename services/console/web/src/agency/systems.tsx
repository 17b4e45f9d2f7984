import { useState } from 'preact/hooks'
import { usePick } from '../language.tsx'
import { Ask } from '../parts/ask.tsx'
import { Badge } from '../parts/badge.tsx'
import { useCount } from '../parts/number.ts'
import { ShownOnce } from '../parts/shown-once.tsx'
import { type Column, Table } from '../parts/table.tsx'
import { Time } from '../parts/time.tsx'
import { usePerson } from '../session.ts'
import type { CredentialView, SystemView } from './agency-view.ts'
import { Calls } from './calls.tsx'
import { type Issued, NewCredential } from './new-credential.tsx'
import { NewSystem } from './new-system.tsx'
import { mayManageDirectory } from './rights.ts'
import { useChange } from './use-change.ts'
import { agencyWords as words } from './words.ts'

interface SystemsProps {
  readonly code: string
  readonly systems: readonly SystemView[]
}

/** What connects for an agency, and how it proves itself. */
export function Systems({ code, systems }: SystemsProps) {
  const pick = usePick()
  const person = usePerson()
  return (
    <>
      {systems.length === 0 && <p class="calm plain">{pick(words.noSystems)}</p>}
      {systems.map(system => (
        <SystemCard key={system.id} code={code} system={system} />
      ))}
      {mayManageDirectory(person) && <NewSystem code={code} hasOthers={systems.length > 0} />}
    </>
  )
}

interface SystemProps {
  readonly code: string
  readonly system: SystemView
}

function SystemCard({ code, system }: SystemProps) {
  const pick = usePick()
  const count = useCount()
  const [issued, setIssued] = useState<Issued>()
  const { id, name, profile, serves, disabledAt, lastCalledAt, whole, mayChange } = system
  return (
    <article class="system">
      <header class="system-head">
        <div>
          <h3 class="clamped">
            <bdi>{name}</bdi>
          </h3>
          <p class="small">
            <code>{id}</code> · {pick(profile === 'strict' ? words.strict : words.legacy)} · {pick(words.servesFor)}{' '}
            {count(serves, words.agencies)}
          </p>
          <p class="small">
            {pick(words.lastCalled)}: {lastCalledAt ? <Time at={lastCalledAt} /> : pick(words.never)}
          </p>
        </div>
        {disabledAt && <Badge tone="bad">{pick(words.systemDisabled)}</Badge>}
        {mayChange && <NewCredential code={code} system={system} onIssued={setIssued} />}
      </header>
      {issued && (
        <ShownOnce
          title={pick(words.once)}
          pairs={[{ name: pick(words.system), value: id }]}
          secretName={pick(issued.kind === 'token' ? words.token : words.vxpSecret)}
          secret={issued.secret}
          hint={pick(words.onceHint)}
        />
      )}
      {!whole && <p class="small">{pick(words.notWhole)}</p>}
      <Credentials code={code} system={system} />
      {whole && <Calls code={code} system={id} />}
    </article>
  )
}

function Credentials({ code, system }: SystemProps) {
  const pick = usePick()
  const { credentials, mayChange } = system
  if (credentials.length === 0) return <p class="calm plain">{pick(words.noCredentials)}</p>
  const columns: readonly Column<CredentialView>[] = [
    {
      head: pick(words.credential),
      cell: ({ id, kind }) => (
        <>
          {pick(kind === 'token' ? words.token : words.vxpSecret)}
          <code>{shortId(id)}</code>
        </>
      ),
    },
    { head: pick(words.state), cell: credential => <State credential={credential} /> },
    { head: pick(words.created), cell: ({ createdAt }) => <Time at={createdAt} /> },
    {
      head: pick(words.expires),
      cell: ({ expiresAt }) => (expiresAt ? <Time at={expiresAt} /> : pick(words.noEnd)),
    },
    ...(mayChange
      ? [
          {
            head: pick(words.change),
            cell: (credential: CredentialView) =>
              credential.state === 'valid' && <Revoke code={code} system={system} credential={credential} />,
          },
        ]
      : []),
  ]
  return <Table caption={pick(words.credentials)} columns={columns} rows={credentials} keyOf={({ id }) => id} />
}

const shortId = (id: string): string => `${id.slice(0, 12)}…`

function State({ credential: { state, expiresAt } }: { readonly credential: CredentialView }) {
  const pick = usePick()
  if (state === 'revoked') return <Badge tone="plain">{pick(words.revoked)}</Badge>
  if (state === 'expired') return <Badge tone="plain">{pick(words.expired)}</Badge>
  return <Badge tone={expiresAt ? 'wait' : 'good'}>{pick(expiresAt ? words.endsLater : words.valid)}</Badge>
}

function Revoke({ code, system, credential }: SystemProps & { readonly credential: CredentialView }) {
  const pick = usePick()
  const change = useChange(code)
  const path = `/systems/${encodeURIComponent(system.id)}/credentials/${credential.id}`
  const last = system.credentials.filter(({ state }) => state === 'valid').length === 1
  return (
    <Ask
      label={pick(words.revoke)}
      name={`${pick(words.revoke)} ${shortId(credential.id)}`}
      about={shortId(credential.id)}
      what={pick(last ? words.revokeLastEffect : words.revokeEffect)}
      confirm={pick(words.revoke)}
      danger
      act={() => change<void>(path, { method: 'DELETE' })}
    />
  )
}
