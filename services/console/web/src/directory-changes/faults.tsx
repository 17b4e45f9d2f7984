import { type Fault, Refused } from '../api.ts'
import { usePick } from '../language.tsx'
import { useNumber } from '../parts/number.ts'
import { Failure } from '../parts/states.tsx'
import { changeWords as words } from './words.ts'

interface FaultsProps {
  readonly error: unknown
  /** Of a form that was built up: its lines are the changes, not those of a file. */
  readonly inForm?: boolean
}

/** All that is wrong with a file, by line, with what to do; any other refusal as everywhere. */
export function Faults({ error, inForm = false }: FaultsProps) {
  const pick = usePick()
  const number = useNumber()
  if (!(error instanceof Refused) || error.faults.length === 0) return <Failure error={conflictOf(error)} />
  const { faults, details } = error
  const count = Math.max(Number(details.faultCount ?? 0), faults.length)
  return (
    <section class="faults" role="alert">
      <h3>
        {pick(words.faults)}: {number(count)}
      </h3>
      <p class="small">{pick(words.nothingWritten)}</p>
      <ol>
        {faults.map((fault, index) => (
          <FaultLine key={index} fault={fault} inForm={inForm} />
        ))}
      </ol>
      {count > faults.length && (
        <p class="small">
          {pick(words.firstOnly)} {number(faults.length)}.
        </p>
      )}
    </section>
  )
}

function FaultLine({ fault, inForm }: { readonly fault: Fault; readonly inForm: boolean }) {
  const pick = usePick()
  const { line, place } = placeOf(fault.path, inForm)
  return (
    <li>
      <p>
        <strong>
          {line ? `${pick(inForm ? words.change : words.line)} ${line}` : <bdi>{place ?? fault.path}</bdi>}
        </strong>
        {line && place && (
          <>
            , <code>{place}</code>
          </>
        )}
        : <bdi>{pick(fault)}</bdi>
      </p>
      <p class="small">
        <bdi>{pick(fault.hint)}</bdi> <code>{fault.code}</code>
      </p>
    </li>
  )
}

function placeOf(path: string, inForm: boolean): { readonly line?: string; readonly place?: string } {
  const [, line, place = ''] = /^line (\d+)(?:, (.*))?$/.exec(path) ?? []
  const [, index, rest = ''] = /^changes\[(\d+)\]\.?(.*)$/.exec(place) ?? []
  if (inForm) return index === undefined ? { place } : { line: String(Number(index) + 1), place: rest }
  return line === undefined ? {} : { line, place }
}

/** Somebody else was faster: what to do then. */
export function conflictOf(error: unknown): unknown {
  if (!(error instanceof Refused) || error.code !== 'STATE_CONFLICT') return error
  const { changed, name } = error.details
  if (changed === undefined && name === undefined) return error
  const text =
    changed === 'directory' ? words.directoryChanged : name === undefined ? words.fileChanged : words.nameTaken
  return new Refused(error.status, error.code, text, error.traceId === undefined ? {} : { traceId: error.traceId })
}
