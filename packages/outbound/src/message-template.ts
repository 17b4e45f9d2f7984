/** What a message to a chat service or an SMS gateway can say, each at its place `{{name}}`. */
export const placeholders = ['title', 'text', 'link', 'count', 'urgent', 'id', 'secret'] as const
export type Placeholder = (typeof placeholders)[number]
export type PlaceholderValues = Readonly<Record<Placeholder, string>>

export type MessageType = 'json' | 'form' | 'text'

const place = /\{\{\s*(\w*)\s*\}\}/g

const escapes: Readonly<Record<MessageType, (value: string) => string>> = {
  // Within the quotes that the template has.
  json: value => JSON.stringify(value).slice(1, -1),
  form: encodeURIComponent,
  text: value => value,
}

/** A body from its template. What is put in stays one value, whatever stands in it. */
export function fillBody(template: string, type: MessageType, values: PlaceholderValues): string {
  return fill(template, escapes[type], values)
}

/** An address from its template: SMS gateways take the text in the query. */
export function fillUrl(template: string, values: PlaceholderValues): string {
  return fill(template, encodeURIComponent, values)
}

function fill(template: string, escaped: (value: string) => string, values: PlaceholderValues): string {
  return template.replace(place, (_whole, name: string) => escaped(values[name as Placeholder] ?? ''))
}

/** Values that no template may be broken by. */
const hostile: PlaceholderValues = {
  title: 'a"b\\c',
  text: 'line\r\nline "quoted" & <tag> {{text}}',
  link: 'https://hub.example/documents?late=yes&receiver=H99',
  count: '3',
  urgent: 'false',
  id: '0'.repeat(24),
  secret: 'a"b&c=d',
}

/** Why a template cannot be used: a place that nobody fills, or no JSON once it is filled. */
export function templateFault(template: string, type: MessageType): string | undefined {
  const unknown = [...template.matchAll(place)].map(([, name = '']) => name).find(name => !isPlaceholder(name))
  if (unknown !== undefined) return `{{${unknown}}} is none of ${placeholders.join(', ')}`
  if (type !== 'json') return undefined
  try {
    JSON.parse(fillBody(template, type, hostile))
    return undefined
  } catch {
    return 'it is no JSON once its places are filled: places stand within quotes'
  }
}

function isPlaceholder(name: string): name is Placeholder {
  return (placeholders as readonly string[]).includes(name)
}
