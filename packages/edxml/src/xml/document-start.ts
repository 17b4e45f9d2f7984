import { byte } from './bytes.ts'
import { malformed } from './fault.ts'
import { skipDeclaration } from './instruction.ts'
import { skipWhite } from './tag-reader.ts'
import type { Window } from './window.ts'

const markBytes = 3

/** What may stand before the first markup: a byte-order mark, an XML declaration, and elsewhere white space. */
export class DocumentStart {
  readonly #leadingWhiteSpace: boolean
  #byteOrderMark = false
  #blank = false
  #passed = false

  constructor(leadingWhiteSpace: boolean) {
    this.#leadingWhiteSpace = leadingWhiteSpace
  }

  get byteOrderMark(): boolean {
    return this.#byteOrderMark
  }

  /**
   * Passes it; false while the window ends before all of it can be told.
   *
   * @throws XmlRefusal when something else begins the document
   */
  pass(window: Window): boolean {
    if (this.#passed) return true
    const { bytes, end, final } = window
    if (!this.#byteOrderMark && !this.#blank) {
      if (end < markBytes && !final) return false
      if (end >= markBytes && isMark(bytes)) {
        window.at = markBytes
        this.#byteOrderMark = true
      }
    }
    if (this.#leadingWhiteSpace) this.#skipLeading(window)
    if (window.at >= end && !final) return false
    if (window.at >= end || bytes[window.at] !== byte.lessThan) throw malformed('no markup at the start')
    // A declaration after white space is no declaration.
    this.#passed = this.#blank || skipDeclaration(window)
    return this.#passed
  }

  #skipLeading(window: Window): void {
    const after = skipWhite(window.bytes, window.at, window.end)
    this.#blank ||= after > window.at
    window.at = after
  }
}

function isMark(bytes: Uint8Array): boolean {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf
}
