import { usePick } from '../language.tsx'
import { useNumber } from '../parts/number.ts'
import { type Column, Table } from '../parts/table.tsx'
import type { Refusal, Report } from './report.ts'
import { reportWords as words } from './words.ts'

/** Why documents were refused: by receivers in their own words, by the hub with what its code means. */
export function RefusalTable({ report: { refusals } }: { readonly report: Report }) {
  const pick = usePick()
  const number = useNumber()
  const columns: readonly Column<Refusal>[] = [
    { head: pick(words.reason), cell: refusal => <Reason refusal={refusal} /> },
    { head: pick(words.origin), cell: ({ origin }) => pick(origin === 'hub' ? words.byHub : words.byReceiver) },
    { head: pick(words.times), number: true, cell: ({ refused }) => number(refused) },
  ]
  return (
    <section>
      <h2>{pick(words.refusals)}</h2>
      {refusals.length === 0 ? (
        <p class="calm">{pick(words.noRefusals)}</p>
      ) : (
        <Table
          caption={pick(words.refusals)}
          columns={columns}
          rows={refusals}
          keyOf={({ origin, reason }) => `${origin} ${reason}`}
        />
      )}
    </section>
  )
}

function Reason({ refusal: { reason, meaning } }: { readonly refusal: Refusal }) {
  const pick = usePick()
  if (meaning) {
    return (
      <>
        {pick(meaning)}
        <small class="under">
          <code>{reason}</code>
        </small>
      </>
    )
  }
  return reason === '' ? <span class="small">{pick(words.noReason)}</span> : <bdi>{reason}</bdi>
}
