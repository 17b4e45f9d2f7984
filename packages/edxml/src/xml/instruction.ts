import { byte, isWhite, specialInData } from './bytes.ts'
import { checkCharacter } from './character-data.ts'
import { malformed, XmlRefusal } from './fault.ts'
import { qualifiedName } from './qualified-name.ts'
import { endOfName, skipWhite, standsAt } from './tag-reader.ts'
import type { Window } from './window.ts'

const declarationForm =
  /^<\?xml[ \t\r\n]+version[ \t\r\n]*=[ \t\r\n]*(?:"1\.0"|'1\.0')(?:[ \t\r\n]+encoding[ \t\r\n]*=[ \t\r\n]*(?:"([\w.-]+)"|'([\w.-]+)'))?(?:[ \t\r\n]+standalone[ \t\r\n]*=[ \t\r\n]*(?:"(?:yes|no)"|'(?:yes|no)'))?[ \t\r\n]*\?>$/
const maxDeclarationBytes = 200
const declarationStart = /^<\?xml[ \t\r\n]$/
const end = Buffer.from('?>')
/** What nearly every packet begins with: it need not be taken apart. */
const familiar = Buffer.from('<?xml version="1.0" encoding="UTF-8"?>')

export interface Instruction {
  readonly target: string
  /** As canonical XML has it, one character per byte. */
  readonly raw: string
}

/**
 * Passes the XML declaration, where there is one; false when the window ends before that can be told.
 *
 * @throws XmlRefusal for another version, or an encoding that is not UTF-8
 */
export function skipDeclaration(window: Window): boolean {
  const { bytes, at, end: windowEnd, final } = window
  if (standsAt(familiar, familiar.length, window, at)) {
    window.at += familiar.length
    return true
  }
  const start = bytes.toString('latin1', at, Math.min(at + 6, windowEnd))
  if (start.length < 6 && '<?xml'.startsWith(start.slice(0, 5)) && !final) return false
  if (!declarationStart.test(start)) return true
  const close = bytes.subarray(0, windowEnd).indexOf(end, at)
  if (close === -1 && windowEnd - at < maxDeclarationBytes && !final) return false
  const declaration = bytes.toString('latin1', at, close === -1 ? at : Math.min(close + 2, at + maxDeclarationBytes))
  const parts = declarationForm.exec(declaration)
  if (parts === null) throw malformed('XML declaration')
  const encoding = parts[1] ?? parts[2] ?? 'utf-8'
  if (encoding.toLowerCase() !== 'utf-8') throw malformed(`encoding ${encoding.slice(0, 20)}, not UTF-8`)
  window.at = close + 2
  return true
}

/** The instruction at `window.at`; undefined, and nothing moved, when the window ends before it does. */
export function readInstruction(window: Window, maxBytes: number): Instruction | undefined {
  const { bytes, at, end: windowEnd, final } = window
  const close = bytes.subarray(0, windowEnd).indexOf(end, at + 2)
  const length = (close === -1 ? windowEnd : close) - at
  if (length > maxBytes) throw new XmlRefusal('R.XML.Text', { max: maxBytes })
  if (close === -1) {
    if (final) throw malformed('a processing instruction is not closed')
    return undefined
  }
  const instruction = instructionIn(bytes, at + 2, close)
  window.at = close + 2
  return instruction
}

function instructionIn(bytes: Buffer, from: number, to: number): Instruction {
  const nameEnd = endOfName(bytes, from, to)
  const { qualified, prefix } = qualifiedName(bytes, from, nameEnd)
  if (prefix !== '' || qualified.toLowerCase() === 'xml') throw malformed(`processing instruction ${qualified}`)
  if (nameEnd < to && !isWhite(bytes[nameEnd])) throw malformed(`processing instruction ${qualified}`)
  for (let at = nameEnd; at < to; at += 1) if (specialInData[bytes[at] as number] === 1) checkCharacter(bytes, at)
  const data = bytes.toString('latin1', skipWhite(bytes, nameEnd, to), to)
  return {
    target: qualified,
    raw: data.replaceAll('\r\n', '\n').replaceAll(String.fromCharCode(byte.carriageReturn), '\n'),
  }
}
