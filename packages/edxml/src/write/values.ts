import { HubError } from '@docaxis/errors'

/** What the XML builder takes: an element's text, its children, or one of these per repetition. */
export type XmlContent = string | XmlChildren | readonly XmlContent[] | undefined
export interface XmlChildren {
  [name: string]: XmlContent
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters that XML 1.0 cannot carry.
const notXml = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/
const dayForm = /^(\d{4})-(\d{2})-(\d{2})$/
const vietnamOffsetMs = 7 * 60 * 60 * 1000

/**
 * Text as it goes on the wire: NFC, trimmed; undefined when nothing is left.
 *
 * @throws HubError `REQUEST_INVALID` for characters that XML 1.0 cannot carry
 */
export function wireText(value: string | number | boolean | undefined): string | undefined {
  if (value === undefined) return undefined
  const text = String(value).normalize('NFC').trim()
  if (notXml.test(text) || !text.isWellFormed()) {
    throw new HubError('REQUEST_INVALID', 'a value holds characters that XML cannot carry')
  }
  return text === '' ? undefined : text
}

/** `yyyy-mm-dd` as `yyyy/MM/dd` (edXML 5). */
export function wireDay(day: string | undefined): string | undefined {
  if (day === undefined) return undefined
  if (!dayForm.test(day))
    throw new HubError('REQUEST_INVALID', `a day must be yyyy-mm-dd, got ${day.length} characters`)
  return day.replaceAll('-', '/')
}

/** An instant as `yyyy/MM/dd HH:mm:ss` in Asia/Ho_Chi_Minh, which the wire implies (edXML 5). */
export function wireTime(at: Date): string {
  const local = new Date(at.getTime() + vietnamOffsetMs).toISOString()
  return `${local.slice(0, 10).replaceAll('-', '/')} ${local.slice(11, 19)}`
}

export function wireFlag(flag: boolean | undefined): string | undefined {
  if (flag === undefined) return undefined
  return flag ? '1' : '0'
}

/** Children with the prefix of D1, in the order given; what has no content is left out; undefined when none is left. */
export function prefixed(children: XmlChildren): XmlChildren | undefined {
  const kept: XmlChildren = {}
  for (const [name, content] of Object.entries(children)) {
    const filled = Array.isArray(content) ? content.filter(item => item !== undefined) : content
    if (filled === undefined || (Array.isArray(filled) && filled.length === 0)) continue
    kept[`edXML:${name}`] = filled
  }
  return Object.keys(kept).length === 0 ? undefined : kept
}
