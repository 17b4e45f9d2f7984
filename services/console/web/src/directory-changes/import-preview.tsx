import { useState } from 'preact/hooks'
import { usePick } from '../language.tsx'
import { Ask } from '../parts/ask.tsx'
import { Badge, type Tone } from '../parts/badge.tsx'
import { useNumber } from '../parts/number.ts'
import { Empty } from '../parts/states.tsx'
import { type Column, Table } from '../parts/table.tsx'
import { upload } from '../parts/upload.ts'
import { BeforeAfter, type FieldChange } from './before-after.tsx'
import { conflictOf } from './faults.tsx'
import { Figures } from './figures.tsx'
import { importWords as words } from './import-words.ts'
import { ReasonField } from './reason-field.tsx'
import { type Seen, seenQuery } from './seen.ts'
import { UploadState } from './upload-state.tsx'
import { changeWords } from './words.ts'

type Kind = 'added' | 'changed' | 'closed' | 'removed'

interface ImportChange {
  readonly kind: Kind
  readonly code: string
  readonly name: string
  readonly fields: readonly FieldChange[]
}

export interface ImportPreview {
  readonly seen: Seen
  readonly figures: Readonly<Record<Kind | 'unchanged', number>>
  readonly changes: readonly ImportChange[]
}

const tones: Readonly<Record<Kind, Tone>> = { added: 'good', changed: 'plain', closed: 'wait', removed: 'bad' }
const kinds = ['added', 'changed', 'closed', 'removed', 'unchanged'] as const

interface ImportPreviewProps {
  readonly preview: ImportPreview
  readonly chosen: { readonly file: File; readonly question: string }
  readonly onDone: () => Promise<void>
}

/** What the file would do, and the button that does exactly this. */
export function ImportPreviewView({ preview, chosen, onDone }: ImportPreviewProps) {
  const pick = usePick()
  const number = useNumber()
  const { figures, changes } = preview
  const total = figures.added + figures.changed + figures.closed + figures.removed
  return (
    <section class="foreseen" aria-label={pick(words.wouldDo)}>
      <h3>{pick(words.wouldDo)}</h3>
      <Figures rows={kinds.map(kind => ({ name: pick(words[kind]), count: figures[kind] }))} />
      {total === 0 ? (
        <Empty title={pick(words.nothing)}>
          <p class="small">{pick(words.nothingHint)}</p>
        </Empty>
      ) : (
        <>
          <Apply preview={preview} chosen={chosen} onDone={onDone} />
          {total > changes.length && (
            <p class="small">
              {pick(words.first)} {number(changes.length)} {pick(changeWords.of)} {number(total)}.
            </p>
          )}
          <Changes changes={changes} />
        </>
      )}
    </section>
  )
}

function Apply({ preview, chosen, onDone }: ImportPreviewProps) {
  const pick = usePick()
  const [reason, setReason] = useState('')
  const [share, setShare] = useState<number>()
  const apply = async () => {
    const path = `/agency-import?${chosen.question}&${seenQuery(preview.seen, reason)}`
    try {
      await upload(path, chosen.file, setShare).answer
    } catch (error) {
      throw conflictOf(error)
    } finally {
      setShare(undefined)
    }
    await onDone()
  }
  return (
    <Ask
      label={pick(words.apply)}
      what={pick(words.applyWhat)}
      confirm={pick(words.apply)}
      onOpen={() => setReason('')}
      act={apply}
    >
      <ReasonField value={reason} onInput={setReason} />
      {share !== undefined && <UploadState share={share} />}
    </Ask>
  )
}

function Changes({ changes }: { readonly changes: readonly ImportChange[] }) {
  const pick = usePick()
  const columns: readonly Column<ImportChange>[] = [
    {
      head: pick(words.agency),
      cell: ({ code, name }) => (
        <>
          <bdi class="clamped strong">{name}</bdi>
          <code>{code}</code>
        </>
      ),
    },
    { head: pick(words.kind), cell: ({ kind }) => <Badge tone={tones[kind]}>{pick(words[kind])}</Badge> },
    {
      head: pick(words.what),
      wide: true,
      cell: ({ kind, fields }) => (kind === 'removed' ? '–' : <BeforeAfter changes={fields} />),
    },
  ]
  return <Table caption={pick(words.caption)} columns={columns} rows={changes} keyOf={({ code }) => code} />
}
