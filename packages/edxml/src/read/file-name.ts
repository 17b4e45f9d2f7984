// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is replaced.
const unsafe = /[\u0000-\u001f\u007f-\u009f/\\:*?"<>|\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/g
const reserved = /^(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?=\.|$)/i
const dotsAtEnds = /^\.+|[. ]+$/g

/**
 * A name for display and download (edXML 7.6): control characters, path separators, bidi overrides and reserved device
 * names are replaced. Never a path.
 */
export function safeFileName(name: string): string {
  const clean = name
    .replace(unsafe, '_')
    .replace(dotsAtEnds, dots => '_'.repeat(dots.length))
    .replace(reserved, device => `${device}_`)
  return clean === '' ? '_' : clean
}
