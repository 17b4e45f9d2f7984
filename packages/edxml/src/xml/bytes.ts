/** Bytes of markup, and what each byte may be in the places where XML tells them apart (XML 1.0, 2.2 to 2.4). */
export const byte = {
  tab: 0x09,
  lineFeed: 0x0a,
  carriageReturn: 0x0d,
  space: 0x20,
  exclamation: 0x21,
  quote: 0x22,
  hash: 0x23,
  ampersand: 0x26,
  apostrophe: 0x27,
  dash: 0x2d,
  slash: 0x2f,
  colon: 0x3a,
  semicolon: 0x3b,
  lessThan: 0x3c,
  equals: 0x3d,
  greaterThan: 0x3e,
  question: 0x3f,
  openBracket: 0x5b,
  closeBracket: 0x5d,
} as const

/** First byte of U+FFFE and U+FFFF, the two characters above U+001F that UTF-8 can write and XML cannot hold. */
export const leadOfNonCharacter = 0xef

/** 1 where a byte needs a look; all others are copied as they stand. */
const specialInText = classify(code => isControl(code) || isOneOf(code, '<&>]\r') || code === leadOfNonCharacter)
const specialInValue = classify(code => isControl(code) || isOneOf(code, '<&"\'\t\n\r') || code === leadOfNonCharacter)
export const specialInData = classify(code => isControl(code) || code === leadOfNonCharacter)
/** 1 where a byte can be part of a name; whether it is one there is asked of the whole name. */
const nameByte = classify(code => code >= 0x80 || /[A-Za-z0-9:_.-]/.test(String.fromCharCode(code)))

/** Whether a byte can be part of a name. */
export function isOfName(code: number): boolean {
  return nameByte[code] === 1
}

/** Whether a byte of text is copied as it stands. No range is asked first: in Base64 nobody could foretell the answer. */
export function isPlainInText(code: number): boolean {
  return specialInText[code] === 0
}

/** Whether a byte of an attribute's value is copied as it stands. */
export function isPlainInValue(code: number): boolean {
  return specialInValue[code] === 0
}

export function isWhite(code: number | undefined): boolean {
  return code === byte.space || code === byte.lineFeed || code === byte.tab || code === byte.carriageReturn
}

/** A character below U+0020 that XML cannot hold. */
export function isControl(code: number): boolean {
  return code < 0x20 && code !== byte.tab && code !== byte.lineFeed && code !== byte.carriageReturn
}

/** U+FFFE or U+FFFF at `at`; the bytes are known to be UTF-8. */
export function isNonCharacter(bytes: Uint8Array, at: number): boolean {
  return bytes[at] === leadOfNonCharacter && bytes[at + 1] === 0xbf && (bytes[at + 2] as number) >= 0xbe
}

function classify(isSpecial: (code: number) => boolean): Uint8Array {
  return Uint8Array.from({ length: 256 }, (_, code) => (isSpecial(code) ? 1 : 0))
}

function isOneOf(code: number, characters: string): boolean {
  return characters.includes(String.fromCharCode(code))
}
