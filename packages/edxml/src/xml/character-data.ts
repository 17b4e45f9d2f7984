import type { ByteArena } from './byte-arena.ts'
import { byte, isControl, isNonCharacter, isPlainInText, leadOfNonCharacter, specialInData } from './bytes.ts'
import { malformed } from './fault.ts'
import { endOfReference, latin1Of, referencedCodePoint } from './reference.ts'
import type { Window } from './window.ts'

/** How a canonical form writes the characters of text that it does not write as they are (XML-C14N 1.0, 2.3). */
const escapes: Readonly<Record<number, string>> = {
  [byte.ampersand]: '&amp;',
  [byte.lessThan]: '&lt;',
  [byte.greaterThan]: '&gt;',
  [byte.carriageReturn]: '&#xD;',
}

/**
 * Copies character data in its canonical form: line ends normalized, references and CDATA resolved, escapes as every
 * canonical form has them. What a window cuts in two is left for the next.
 */
export class CharacterData {
  /** Closing brackets just read: `]]>` may not stand in text. */
  #brackets = 0

  /** Markup comes: brackets before it and a `>` after it are no `]]>`. */
  endText(): void {
    this.#brackets = 0
  }

  /** Text up to the next `<`, or as far as the window goes; true when `<` was reached. */
  copyText(window: Window, target: ByteArena): boolean {
    const { bytes, end } = window
    while (window.at < end) {
      const from = window.at
      let at = from
      while (at < end && isPlainInText(bytes[at] as number)) at += 1
      if (at > from) {
        target.append(bytes, from, at)
        this.#brackets = 0
        window.at = at
        if (at === end) return false
      }
      if (bytes[at] === byte.lessThan) return true
      if (!this.#special(window, target)) return false
    }
    return false
  }

  /** One byte that needs a look; false when the window ends before it can be told what it is. */
  #special(window: Window, target: ByteArena): boolean {
    const { bytes, at } = window
    const code = bytes[at] as number
    switch (code) {
      case byte.ampersand:
        this.#brackets = 0
        return copyReference(window, target)
      case byte.carriageReturn:
        this.#brackets = 0
        return copyLineEnd(window, target)
      case byte.closeBracket:
        this.#brackets += 1
        target.appendByte(code)
        window.at += 1
        return true
      case byte.greaterThan:
        if (this.#brackets >= 2) throw malformed(']]> in text')
        this.#brackets = 0
        target.appendLatin1('&gt;')
        window.at += 1
        return true
      default:
        this.#brackets = 0
        copyChecked(window, target)
        return true
    }
  }

  /** The inside of a CDATA section up to `]]>`, or as far as the window goes; true when the section has ended. */
  copySection(window: Window, target: ByteArena): boolean {
    const { bytes, end, final } = window
    while (window.at < end) {
      const { at } = window
      const code = bytes[at] as number
      if (code === byte.closeBracket) {
        if (at + 3 > end && !final) return false
        if (bytes[at + 1] === byte.closeBracket && bytes[at + 2] === byte.greaterThan && at + 3 <= end) {
          window.at += 3
          return true
        }
        target.appendByte(code)
        window.at += 1
      } else if (code === byte.carriageReturn) {
        if (!copyLineEnd(window, target)) return false
      } else if (escapes[code] !== undefined) {
        target.appendLatin1(escapes[code])
        window.at += 1
      } else copyChecked(window, target)
    }
    return false
  }
}

/** Reads past a comment's inside; true when its `-->` was passed. */
export function skipComment(window: Window): boolean {
  const { bytes, end, final } = window
  while (window.at < end) {
    const { at } = window
    const code = bytes[at] as number
    if (code === byte.dash) {
      if (at + 3 > end && !final) return false
      if (bytes[at + 1] === byte.dash && at + 1 < end) {
        if (bytes[at + 2] !== byte.greaterThan || at + 2 >= end) throw malformed('-- in a comment')
        window.at += 3
        return true
      }
    } else if (specialInData[code] === 1) checkCharacter(bytes, at)
    window.at += 1
  }
  return false
}

/** @throws XmlRefusal for a character that XML cannot hold */
export function checkCharacter(bytes: Uint8Array, at: number): void {
  const code = bytes[at] as number
  if (isControl(code)) throw malformed(`character U+${code.toString(16).padStart(4, '0').toUpperCase()}`)
  if (code === leadOfNonCharacter && isNonCharacter(bytes, at)) throw malformed('character U+FFFE or U+FFFF')
}

function copyChecked(window: Window, target: ByteArena): void {
  const { bytes, at } = window
  checkCharacter(bytes, at)
  target.appendByte(bytes[at] as number)
  window.at += 1
}

/** CR LF and a lone CR are one line feed (XML 1.0, 2.11). */
function copyLineEnd(window: Window, target: ByteArena): boolean {
  const { bytes, at, end, final } = window
  if (at + 1 === end && !final) return false
  if (bytes[at + 1] !== byte.lineFeed || at + 1 === end) target.appendByte(byte.lineFeed)
  window.at += 1
  return true
}

function copyReference(window: Window, target: ByteArena): boolean {
  const { bytes, at, end, final } = window
  const after = endOfReference(bytes, at, end)
  if (after === -1) {
    if (final) throw malformed('reference without an end')
    return false
  }
  const code = referencedCodePoint(bytes, at, after)
  target.appendLatin1(escapes[code] ?? latin1Of(code))
  window.at = after
  return true
}
