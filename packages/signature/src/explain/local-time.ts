const clock = new Intl.DateTimeFormat('en-GB', {
  day: '2-digit',
  month: '2-digit',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  timeZone: 'Asia/Ho_Chi_Minh',
})

/** Day and time at UTC+7, the zone of every office the hub serves: `dd/MM/yyyy HH:mm:ss`, in both languages. */
export function localTime(at: string | Date): string {
  return clock.format(new Date(at)).replace(',', '')
}
