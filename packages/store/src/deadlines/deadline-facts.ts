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
    (select min(report.received_at)
       from effect_outcome as outcome
       join delivery as acted on acted.id = outcome.delivery_id and acted.receiver = deadline.receiver
       join business_report as report on report.delivery_id = acted.id
      where outcome.packet_id = deadline.document_id
        and (report.code in ('15', '16') or report.read_as is not null)
        and report.received_at >= deadline.arrived_at))
  when 'finish' then
    case when delivery.business_furthest = '06' then
      (select min(report.received_at)
         from business_report as report
        where report.delivery_id = deadline.delivery_id and report.code = '06')
    end
end`

/**
 * Nothing is owed any more: it was not delivered or taken back, refused, a later packet stands in its place, or a reform
 * gave the successor the packet in another delivery. A change that the receiver refused leaves everything owed.
 */
export const isVoid = `
(delivery.state in ('failed', 'withdrawn', 'expired')
 or delivery.joined_to is not null
 or (deadline.kind = 'finish' and coalesce(delivery.business_furthest, '') = '02')
 or exists (select from document_effect as effect
             where effect.sender = deadline.sender and effect.target = document.document_id
               and effect.document_id <> deadline.document_id and effect.accepted_at > document.accepted_at
               and (effect.receiver is null or effect.receiver = deadline.receiver)
               and case effect.action
                     when 'replace' then true
                     when 'take-back' then delivery.business_change = 'agreed'
                     else coalesce(delivery.business_change, '') <> 'refused'
                   end))`
