/** SQL: the day it is in Ha Noi, by the database's clock, whatever the zone of server and session. */
export const hanoiToday = "(clock_timestamp() at time zone 'utc' + interval '7 hours')::date"
