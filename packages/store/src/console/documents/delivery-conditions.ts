// What is asked of a row of `delivery`, wherever it is asked.

/** Whether the receiver of a delivery may know of it. */
export const toBeSeen = `
delivery.state not in ('routed', 'held') and delivery.available_at is not null
and (delivery.state <> 'withdrawn' or delivery.fetches > 0)`

/** Its deadline passed and it is still owed, as the first page counts it. */
export const isLate = `
(delivery.state in ('available', 'fetched')
 and exists (select from deadline where deadline.delivery_id = delivery.id and deadline.state = 'missed'))`
