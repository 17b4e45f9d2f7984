/** Characters by which a text from outside could steer a terminal, forge a line of output, or show other than it says. */
const steering = /[\p{Cc}\p{Bidi_Control}\u2028\u2029]/gu

/** The same that JSON lets stand unescaped. */
const unescaped = /[\u007f-\u009f\p{Bidi_Control}\u2028\u2029]/gu

/** One line for a terminal: subjects, names and reasons are other people's. */
export function printable(line: string): string {
  return line.replace(steering, '\uFFFD')
}

/** JSON for a terminal or a script, equal in value; on one line with `indent` 0. */
export function printableJson(value: unknown, indent = 2): string {
  const text = JSON.stringify(value, null, indent) ?? 'null'
  return text.replace(unescaped, char => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`)
}

/** A file name made of an id that came from outside: never a path, hidden file or option. */
export function fileNameOf(id: string, extension: string): string {
  return `${id.replace(/[^\w.-]/g, '_').replace(/^[.-]+/, '_')}.${extension}`
}
