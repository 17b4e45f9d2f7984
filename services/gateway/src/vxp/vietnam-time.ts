// VXP tells times of Asia/Ho_Chi_Minh, whatever the server's zone: UTC+7 all year.

const offsetMs = 7 * 3_600_000

/** `yyyy-MM-dd HH:mm:ss`. */
export function formatVietnamTime(at: Date): string {
  return new Date(at.getTime() + offsetMs).toISOString().slice(0, 19).replace('T', ' ')
}

/**
 * `ddMMyyyy'T'HHmmss+SSSS`: local time of the caller; the digits after `+` are milliseconds, no zone.
 *
 * @returns undefined for another form, or a day that does not exist
 */
export function parseKitTimestamp(text: string): Date | undefined {
  const match = /^(\d\d)(\d\d)(\d{4})T(\d\d)(\d\d)(\d\d)\+(\d{1,4})$/.exec(text)
  if (!match) return undefined
  const [, day = '', month = '', year = '', hour = '', minute = '', second = '', ms = ''] = match
  const local = `${year}-${month}-${day}T${hour}:${minute}:${second}`
  const at = new Date(`${local}Z`)
  if (Number.isNaN(at.getTime()) || at.toISOString().slice(0, 19) !== local) return undefined
  return new Date(at.getTime() - offsetMs + Number(ms))
}

/**
 * The beginning of a day, `yyyy/MM/dd`; `yyyy-MM-dd` is read too.
 *
 * @returns undefined for another form, or a day that does not exist
 */
export function parseVietnamDay(text: string): Date | undefined {
  const match = /^(\d{4})([/-])(\d\d)\2(\d\d)$/.exec(text)
  if (!match) return undefined
  const day = `${match[1]}-${match[3]}-${match[4]}`
  const at = new Date(`${day}T00:00:00Z`)
  if (Number.isNaN(at.getTime()) || at.toISOString().slice(0, 10) !== day) return undefined
  return new Date(at.getTime() - offsetMs)
}

/** The beginning of the day after. */
export function nextDay(day: Date): Date {
  return new Date(day.getTime() + 24 * 3_600_000)
}
