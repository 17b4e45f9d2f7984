/**
 * What a deadline is judged by, read from the book of record and never written here. Needs `deadline`, `delivery` and
 * `document` in the from clause.
 *
 * Receipt is told by any report on handling, a refusal too, and by an answer to the wish to change; an update, a
 * replacement or a revocation may be answered on the delivery of the packet that it acts on (edXML 9).
 */
export const metAt = `
case deadline.kind
  when 'fetch' then coalesce(delivery.first_fetched_at,
                             case when delivery.state = 'acknowledged' then delivery.closed_at end)
  when 'acknowledge' then least(
    (select min(report.received_at)
       from business_report as report
      where report.delivery_id = deadline.delivery_id and report.code in ('01', '02', '03', '04', '05', '06', '15', '16')),
    case when document.action <> 'new' then
      (select min(report.received_at)
         from document as earlier
         join delivery as sibling on sibling.document_id = earlier.id and sibling.receiver = deadline.receiver
         join business_report as report on report.delivery_id = sibling.id
        where earlier.document_id = document.document_id and earlier.sender = document.sender
          and earlier.kind = 'document'
          and (report.code in ('15', '16') or report.read_as is not null)
          and report.received_at >= deadline.arrived_at)
    end)
  when 'finish' then
    case when delivery.business_furthest = '06' then
      (select min(report.received_at)
         from business_report as report
        where report.delivery_id = deadline.delivery_id and report.code = '06')
    end
end`

/** Nothing is owed any more: it was not delivered or taken back, refused, or a later packet stands in its place. */
export const isVoid = `
(delivery.state in ('failed', 'withdrawn', 'expired')
 or (deadline.kind = 'finish' and delivery.business_furthest is not distinct from '02')
 or exists (select from document_effect as effect
             where effect.sender = deadline.sender and effect.target = document.document_id
               and effect.document_id <> deadline.document_id and effect.accepted_at > document.accepted_at
               and (effect.receiver is null or effect.receiver = deadline.receiver)
               and (effect.action <> 'take-back' or delivery.business_change = 'agreed')))`
