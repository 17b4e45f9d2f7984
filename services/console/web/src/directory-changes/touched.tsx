import type { ComponentChildren } from 'preact'
import { usePick } from '../language.tsx'
import { useNumber } from '../parts/number.ts'
import { Table } from '../parts/table.tsx'
import { Time } from '../parts/time.tsx'
import { Link } from '../router.tsx'
import type { ReformPreview, TouchedAgency } from './reform-view.ts'
import { touchWords as words } from './reform-words.ts'
import { changeWords } from './words.ts'

/** The first of everything that a reform touches, each kind under its own heading. */
export function Touched({ preview }: { readonly preview: ReformPreview }) {
  const { figures, agencies, systems, certificates, mandates, deliveries, tasks } = preview
  const { opened, closed } = figures.agencies
  return (
    <>
      <Part of="agencies" shown={agencies.length} all={Math.max(agencies.length, opened + closed)} open>
        <Agencies rows={agencies} />
      </Part>
      <Part of="systems" shown={systems.length} all={figures.systems.affected}>
        <Systems rows={systems} />
      </Part>
      <Part of="certificates" shown={certificates.length} all={figures.certificates}>
        <Certificates rows={certificates} />
      </Part>
      <Part of="mandates" shown={mandates.length} all={figures.mandates}>
        <Mandates rows={mandates} />
      </Part>
      <Part of="deliveries" shown={deliveries.length} all={deliveries.length}>
        <Deliveries rows={deliveries} />
      </Part>
      <Part of="tasks" shown={tasks.length} all={figures.tasks.requests + figures.tasks.unfinished}>
        <Tasks rows={tasks} />
      </Part>
    </>
  )
}

interface PartProps {
  readonly of: 'agencies' | 'systems' | 'certificates' | 'mandates' | 'deliveries' | 'tasks'
  readonly shown: number
  readonly all: number
  readonly open?: boolean
  readonly children: ComponentChildren
}

function Part({ of, shown, all, open = false, children }: PartProps) {
  const pick = usePick()
  const number = useNumber()
  if (shown === 0) return null
  return (
    <details class="how" open={open}>
      <summary>
        {pick(words[of])} ({number(all)})
      </summary>
      {children}
      {all > shown && (
        <p class="small">
          {pick(words.first)} {number(shown)} {pick(changeWords.of)} {number(all)}.
        </p>
      )}
    </details>
  )
}

function Agencies({ rows }: { readonly rows: readonly TouchedAgency[] }) {
  const pick = usePick()
  const columns = [
    {
      head: pick(words.agency),
      cell: ({ name, code }: TouchedAgency) => (
        <>
          <bdi class="clamped strong">{name}</bdi>
          <code>{code}</code>
        </>
      ),
    },
    {
      head: pick(words.what),
      cell: ({ changes }: TouchedAgency) => changes.map(change => pick(words[change])).join(', '),
    },
    { head: pick(words.afterwards), wide: true, cell: (agency: TouchedAgency) => <Afterwards agency={agency} /> },
  ]
  return <Table caption={pick(words.agencies)} columns={columns} rows={rows} keyOf={({ code }) => code} />
}

function Afterwards({ agency: { changes, successor, choices, parent, center } }: { readonly agency: TouchedAgency }) {
  const pick = usePick()
  const told = changes.includes('closed')
    ? [
        successor && `${pick(words.successor)} ${successor}`,
        choices.length > 0 && `${pick(words.oneOf)} ${choices.join(', ')}`,
      ]
    : [parent && `${pick(words.above)} ${parent}`, changes.includes('rehomed') && `${pick(words.center)} ${center}`]
  return <>{told.filter(Boolean).join('; ') || '–'}</>
}

function Systems({ rows }: { readonly rows: ReformPreview['systems'] }) {
  const pick = usePick()
  type Row = ReformPreview['systems'][number]
  const columns = [
    { head: pick(words.system), cell: ({ id }: Row) => <code>{id}</code> },
    { head: pick(words.closing), number: true, cell: ({ closing }: Row) => closing },
    { head: pick(words.remaining), number: true, cell: ({ remaining }: Row) => remaining },
  ]
  return <Table caption={pick(words.systems)} columns={columns} rows={rows} keyOf={({ id }) => id} />
}

function Certificates({ rows }: { readonly rows: ReformPreview['certificates'] }) {
  const pick = usePick()
  type Row = ReformPreview['certificates'][number]
  const columns = [
    { head: pick(words.agency), cell: ({ agency }: Row) => <code>{agency}</code> },
    { head: pick(words.subject), wide: true, cell: ({ subject }: Row) => <bdi class="clamped">{subject}</bdi> },
    { head: pick(words.ends), cell: ({ endsAt }: Row) => <Time at={endsAt} /> },
  ]
  const keyOf = ({ sha256, agency }: Row) => `${sha256} ${agency}`
  return <Table caption={pick(words.certificates)} columns={columns} rows={rows} keyOf={keyOf} />
}

function Mandates({ rows }: { readonly rows: ReformPreview['mandates'] }) {
  const pick = usePick()
  type Row = ReformPreview['mandates'][number]
  const columns = [
    { head: pick(words.principal), cell: ({ principal }: Row) => <code>{principal}</code> },
    { head: pick(words.holder), cell: ({ holder }: Row) => <code>{holder}</code> },
    { head: pick(words.ends), cell: ({ endsAt }: Row) => <Time at={endsAt} /> },
  ]
  return <Table caption={pick(words.mandates)} columns={columns} rows={rows} keyOf={({ id }) => id} />
}

const becomes = {
  moved: words.deliveryMoved,
  joined: words.deliveryJoined,
  returned: words.deliveryReturned,
} as const

function Deliveries({ rows }: { readonly rows: ReformPreview['deliveries'] }) {
  const pick = usePick()
  type Row = ReformPreview['deliveries'][number]
  const columns = [
    {
      head: pick(words.document),
      cell: ({ document, documentId }: Row) => (
        <Link to={`/documents/${document}`}>
          <bdi class="clamped">{documentId}</bdi>
        </Link>
      ),
    },
    { head: pick(words.from), cell: ({ sender }: Row) => <code>{sender}</code> },
    { head: pick(words.to), cell: ({ receiver }: Row) => <code>{receiver}</code> },
    { head: pick(words.becomes), cell: ({ becomes: what, to }: Row) => `${pick(becomes[what])} ${to ?? ''}` },
  ]
  return <Table caption={pick(words.deliveries)} columns={columns} rows={rows} keyOf={({ id }) => id} />
}

function Tasks({ rows }: { readonly rows: ReformPreview['tasks'] }) {
  const pick = usePick()
  type Row = ReformPreview['tasks'][number]
  const columns = [
    { head: pick(words.agency), cell: ({ agency }: Row) => <code>{agency}</code> },
    { head: pick(words.task), wide: true, cell: ({ kind }: Row) => pick(words[kind]) },
    { head: pick(words.heir), cell: ({ heir }: Row) => heir ?? pick(words.nobody) },
  ]
  return <Table caption={pick(words.tasks)} columns={columns} rows={rows} keyOf={({ id }) => id} />
}
