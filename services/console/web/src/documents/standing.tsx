import { type Bilingual, usePick } from '../language.tsx'
import { Badge, type Tone } from '../parts/badge.tsx'
import type { DocumentRow } from './document-row.ts'

interface Part {
  readonly tone: Tone
  readonly count: number
  readonly one: Bilingual
  readonly many: (count: string) => Bilingual
}

const of = (count: number, receivers: number): string => `${count}/${receivers}`

/** What is wrong first; where nothing is, how far it has come. */
function partsOf(row: DocumentRow): readonly Part[] {
  const { receivers } = row
  const troubles: readonly Part[] = [
    {
      tone: 'bad',
      count: row.failed,
      one: { vi: 'Không giao được', en: 'Not delivered' },
      many: n => ({ vi: `${n} không giao được`, en: `${n} not delivered` }),
    },
    {
      tone: 'bad',
      count: row.refused,
      one: { vi: 'Từ chối tiếp nhận', en: 'Refused' },
      many: n => ({ vi: `${n} từ chối`, en: `${n} refused` }),
    },
    {
      tone: 'wait',
      count: row.late,
      one: { vi: 'Quá hạn', en: 'Late' },
      many: n => ({ vi: `${n} quá hạn`, en: `${n} late` }),
    },
  ]
  return [...troubles.filter(({ count }) => count > 0), furthest(row)].filter(part => part.count > 0 || receivers === 0)
}

function furthest(row: DocumentRow): Part {
  if (row.finished > 0 && row.finished === row.receivers)
    return {
      tone: 'good',
      count: row.finished,
      one: { vi: 'Hoàn thành', en: 'Finished' },
      many: n => ({ vi: `${n} hoàn thành`, en: `${n} finished` }),
    }
  if (row.registered > 0)
    return {
      tone: 'good',
      count: row.registered,
      one: { vi: 'Đã tiếp nhận', en: 'In the register' },
      many: n => ({ vi: `${n} đã tiếp nhận`, en: `${n} in the register` }),
    }
  if (row.taken - row.refused > 0)
    return {
      tone: 'plain',
      count: row.taken - row.refused,
      one: { vi: 'Đã tải về', en: 'Fetched' },
      many: n => ({ vi: `${n} đã tải về`, en: `${n} fetched` }),
    }
  return {
    tone: 'plain',
    count: row.waiting,
    one: { vi: 'Chờ lấy về', en: 'Waiting' },
    many: n => ({ vi: `${n} chờ lấy về`, en: `${n} waiting` }),
  }
}

/** Where a document stands, in at most a few words. */
export function Standing({ row }: { readonly row: DocumentRow }) {
  const pick = usePick()
  const parts = partsOf(row)
  return (
    <span class="standing">
      {parts.map(part => (
        <Badge key={part.one.en} tone={part.tone}>
          {pick(row.receivers > 1 ? part.many(of(part.count, row.receivers)) : part.one)}
        </Badge>
      ))}
      {parts.length === 0 && <Badge tone="plain">{pick({ vi: 'Trục đã nhận', en: 'Accepted' })}</Badge>}
    </span>
  )
}
