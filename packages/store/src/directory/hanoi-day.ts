/** SQL: the day it is in Ha Noi, by the database's clock, whatever the zone of server and session. */
export const hanoiToday = `(${hanoiTime('clock_timestamp()')})::date`

/** SQL: the first day of the month in Ha Noi to which an instant belongs. */
export function hanoiMonth(at: string): string {
  return `date_trunc('month', ${hanoiTime(at)})::date`
}

/** SQL: what clocks in Ha Noi show at an instant. */
function hanoiTime(at: string): string {
  return `${at} at time zone 'utc' + interval '7 hours'`
}
