import { malformed, wrongNamespace } from './fault.ts'
import { InternTable, unique } from './intern.ts'

/** A name as written; strings hold its UTF-8 bytes, one character each. */
export interface QualifiedName {
  readonly bytes: Uint8Array
  /** Length of `bytes`: that of a typed array is dear to ask. */
  readonly size: number
  /** `<name`. */
  readonly opening: Uint8Array
  /** `</name>`. */
  readonly endTag: Uint8Array
  readonly qualified: string
  readonly prefix: string
  readonly local: string
}

// XML 1.0 (fifth edition), 2.3, without the colon: Namespaces in XML 1.0, 3.
const start =
  'A-Z_a-z\\u{C0}-\\u{D6}\\u{D8}-\\u{F6}\\u{F8}-\\u{2FF}\\u{370}-\\u{37D}\\u{37F}-\\u{1FFF}\\u{200C}-\\u{200D}' +
  '\\u{2070}-\\u{218F}\\u{2C00}-\\u{2FEF}\\u{3001}-\\u{D7FF}\\u{F900}-\\u{FDCF}\\u{FDF0}-\\u{FFFD}\\u{10000}-\\u{EFFFF}'
const part = `${start}.0-9\\u{B7}\\u{300}-\\u{36F}\\u{203F}-\\u{2040}-`
const qualifiedForm = new RegExp(`^(?:[${start}][${part}]*:)?[${start}][${part}]*$`, 'u')
const nameForm = new RegExp(`^[:${start}][:${part}]*$`, 'u')

const names = new InternTable<QualifiedName>(bytes => {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
  if (!qualifiedForm.test(text.toString('utf8'))) throw notQualified(text.toString('utf8'))
  const qualified = text.toString('latin1')
  const colon = qualified.indexOf(':')
  return {
    bytes,
    size: bytes.length,
    opening: Buffer.concat([Buffer.from('<'), bytes]),
    endTag: Buffer.concat([Buffer.from('</'), bytes, Buffer.from('>')]),
    qualified,
    prefix: unique(qualified.slice(0, Math.max(colon, 0))),
    local: unique(qualified.slice(colon + 1)),
  }
})

/**
 * The name in these bytes.
 *
 * @throws XmlRefusal when it is no name, or one with a colon in the wrong place
 */
export function qualifiedName(source: Uint8Array, from: number, to: number): QualifiedName {
  return names.get(source, from, to)
}

function notQualified(text: string): Error {
  const shown = text.slice(0, 40)
  return nameForm.test(text) ? wrongNamespace(`the name ${shown}`) : malformed(`not a name: ${shown}`)
}
