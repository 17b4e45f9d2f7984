import { localTime, usePick } from '../language.tsx'
import { Badge, type Tone } from '../parts/badge.tsx'
import { type Column, Table } from '../parts/table.tsx'
import { commonName, type HubKey } from './trust-view.ts'
import { trustWords as words } from './words.ts'

const tones: Readonly<Record<HubKey['state'], Tone>> = { signing: 'good', coming: 'wait', past: 'plain' }

/** Which key signs receipts, which comes next, and how to change it: keys lie with the notaries, not with the console. */
export function HubKeys({ rows }: { readonly rows: readonly HubKey[] }) {
  const pick = usePick()
  const columns: readonly Column<HubKey>[] = [
    {
      head: pick(words.subject),
      cell: ({ subject, sha256 }) => (
        <>
          <bdi class="name">{commonName(subject)}</bdi>
          <small class="under">
            <code>{sha256.slice(0, 16)}…</code>
          </small>
        </>
      ),
    },
    { head: pick(words.state), cell: ({ state }) => <Badge tone={tones[state]}>{pick(words[state])}</Badge> },
    { head: pick(words.from), cell: ({ from }) => localTime(from) },
    { head: pick(words.until), cell: ({ notAfter }) => localTime(notAfter) },
  ]
  return (
    <>
      {rows.length === 0 ? (
        <p class="calm plain">{pick(words.noHubKeys)}</p>
      ) : (
        <Table caption={pick(words.hubKeys)} columns={columns} rows={rows} keyOf={({ sha256 }) => sha256} />
      )}
      <HowToRotate />
    </>
  )
}

function HowToRotate() {
  const pick = usePick()
  return (
    <details class="how">
      <summary>{pick(words.howToRotate)}</summary>
      <ol>
        <li>{pick(words.rotate1)}</li>
        <li>
          {pick(words.rotate2)} <code>DOCAXIS_HUB_NEXT_KEY_FILE</code>, <code>DOCAXIS_HUB_NEXT_CERT_FILE</code>,{' '}
          <code>DOCAXIS_HUB_NEXT_FROM</code>
        </li>
        <li>{pick(words.rotate3)}</li>
      </ol>
    </details>
  )
}
