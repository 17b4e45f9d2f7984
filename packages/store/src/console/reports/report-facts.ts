import { isVoid, metAt } from '../../deadlines/deadline-facts.ts'
import { hanoiMonth } from '../../directory/hanoi-day.ts'
import { toBeSeen } from '../documents/delivery-conditions.ts'

/** What a document counts as for its sender; columns of `report_month` and `report_counted`. */
const sentFacts = ['sent', 'signed', 'paper', 'paper_unsaid'] as const

/** What a delivery counts as for its receiver. */
const receivedFacts = [
  'received',
  'ack_due',
  'ack_in_time',
  'finish_due',
  'finish_in_time',
  'fetch_due',
  'fetch_in_time',
  'refused',
] as const

export const reportFacts = [...sentFacts, ...receivedFacts] as const
export type ReportFact = (typeof reportFacts)[number]

/** What carries a document: revocations, updates and statuses speak of one. */
const isDocument = `document.kind = 'document' and document.action in ('new', 'replace')`

/** A good seal on the packet, or a PDF in it all of whose signatures are good. */
const isSigned = `
(document.verdict ->> 'verdict' = 'VALID'
 or exists (select from attachment_check as checked
             where checked.document_id = document.id and checked.kind = 'signatures' and checked.state = 'done'
               and checked.verdict ->> 'verdict' = 'VALID'))`

/** Documents of `$1`. One that only adds receivers to an earlier one was sent before. */
const documentsSql = `
select document.id, document.sender as agency, ${hanoiMonth('document.accepted_at')} as month,
       true as sent, coalesce(${isSigned}, false) as signed,
       coalesce(document.envelope ->> 'paperFollows' = 'true', false) as paper,
       not document.envelope ? 'paperFollows' as paper_unsaid,
       ${receivedFacts.map(fact => `false as ${fact}`).join(', ')},
       null::text as reason, null::timestamptz as look_at
  from document
 where document.id = any($1) and ${isDocument} and document.extends is null`

/** After so long a deadline that is still to be reckoned is looked at again. */
const unreckonedPause = '5 minutes'

/** Longer reasons are cut; blanks and forms of letters make none of their own. */
const longestReason = 200
const reasonOf = `
  left(trim(regexp_replace(normalize(coalesce(report.reason, ''), nfc), '\\s+', ' ', 'g')), ${longestReason})`

/** Deliveries of `$2` that their receivers may know of. */
const deliveriesSql = `
select delivery.id, delivery.receiver as agency, ${hanoiMonth('document.accepted_at')} as month,
       ${sentFacts.map(fact => `false as ${fact}`).join(', ')},
       true as received, owed.ack_due, owed.ack_in_time, owed.finish_due, owed.finish_in_time, owed.fetch_due,
       owed.fetch_in_time, delivery.business is not distinct from '02' as refused,
       case when delivery.business = '02' then coalesce(refusal.reason, '') end as reason, owed.look_at
  from delivery
  join document on document.id = delivery.document_id
 cross join lateral (
         select ${['acknowledge', 'finish', 'fetch'].map(kind => owedColumns(kind)).join(', ')},
                min(look_at) as look_at
           from (select deadline.kind, reckoned.is_due, reckoned.is_due and reckoned.met_at <= deadline.due_at as in_time,
                        case when reckoned.is_due or reckoned.is_void then null
                             else coalesce(deadline.due_at, clock_timestamp() + interval '${unreckonedPause}')
                        end as look_at
                   from deadline
                  cross join lateral (select ${metAt} as met_at, ${isVoid} as is_void) as facts
                  cross join lateral (
                          select facts.met_at, facts.is_void,
                                 not facts.is_void and deadline.due_at is not null
                                 and (facts.met_at is not null or deadline.due_at <= clock_timestamp()) as is_due
                        ) as reckoned
                  where deadline.delivery_id = delivery.id) as judged
       ) as owed
  left join lateral (
         select ${reasonOf} as reason
           from business_report as report
          where report.delivery_id = delivery.id and report.code = '02' and report.read_as is null
          order by report.id desc
          limit 1
       ) as refusal on true
 where delivery.id = any($2) and ${isDocument} and delivery.joined_to is null and ${toBeSeen}`

function owedColumns(kind: string): string {
  const name = kind === 'acknowledge' ? 'ack' : kind
  const any = (fact: string) => `coalesce(bool_or(${fact}) filter (where kind = '${kind}'), false)`
  return `${any('is_due')} as ${name}_due, ${any('in_time')} as ${name}_in_time`
}

/**
 * What documents (`$1`) and deliveries (`$2`) count as at this moment. Whether something was in time is judged as the
 * watcher of deadlines judges it, from the same facts, but without waiting for it.
 */
export const countedSql = `${documentsSql}\n union all${deliveriesSql}`
