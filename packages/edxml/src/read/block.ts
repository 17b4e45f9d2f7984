import { type CanonicalPacket, hasStrayText, isEmpty, isNamed, ownText, type XmlElement } from '../packet/element.ts'
import { qcvn, xmldsig } from '../wire.ts'
import { type ReadTime, readDay, readInstant } from './dates.ts'
import type { FindingList, Letter } from './findings.ts'

/** What every step of one reading needs. */
export interface ReadContext {
  readonly packet: CanonicalPacket
  readonly findings: FindingList
  /** The hub's receive time. */
  readonly receivedAt: Date
}

export interface ValueRule {
  /** Letter applied when the value is absent. */
  readonly missing?: Letter
  /** Unicode characters after NFC. */
  readonly max?: number
}

/** What a block may hold. */
export interface BlockShape {
  /** A bit for each name. */
  readonly bits: ReadonlyMap<string, number>
  /** The bits of names that may stand once. */
  readonly single: number
}

const maxNames = 31

/** @param single elements that may stand once */
export function blockShape(single: readonly string[], repeated: readonly string[] = []): BlockShape {
  const names = [...single, ...repeated]
  if (names.length > maxNames) throw new Error(`${names.length} names in one block`)
  return { bits: new Map(names.map((name, index) => [name, 1 << index])), single: (1 << single.length) - 1 }
}

const notIdentifier = /[\s,]/
const noTrail: readonly string[] = []

/**
 * One block element, read by path: children are found by (name space, local name), in any order. An absent block is a
 * block too, without children: what it should hold is then reported as missing under its own name.
 */
export class Block {
  readonly element: XmlElement | undefined
  readonly #context: ReadContext
  /** Where missing children are reported: the nearest element that is there, and the names below it. */
  readonly #anchor: XmlElement
  readonly #trail: readonly string[]
  /** Of children that should not be there, or not again. */
  #counts: Map<string, number> | undefined

  constructor(
    context: ReadContext,
    element: XmlElement | undefined,
    anchor: XmlElement,
    trail: readonly string[],
    shape: BlockShape,
  ) {
    this.#context = context
    this.element = element
    this.#anchor = element ?? anchor
    this.#trail = element === undefined ? trail : noTrail
    if (element !== undefined) this.#check(element, shape)
  }

  /** A block element that is there. */
  static of(context: ReadContext, element: XmlElement, shape: BlockShape): Block {
    return new Block(context, element, element, noTrail, shape)
  }

  #check(element: XmlElement, { bits, single }: BlockShape): void {
    const { findings, packet } = this.#context
    let seen = 0
    // Nobody reads it, and somebody may think that it says something.
    if (hasStrayText(packet, element)) findings.at(element, 'T', 'S')
    for (const child of element.children) {
      const bit = child.namespace === qcvn ? bits.get(child.name) : undefined
      if (bit === undefined) this.#reportUnknown(child)
      else if ((bit & seen & single) !== 0) this.#reportRepeated(child)
      else seen |= bit
    }
  }

  #reportUnknown(child: XmlElement): void {
    const { findings } = this.#context
    if (child.namespace !== qcvn) {
      if (!isSignatureInPlace(child)) findings.at(child, 'M', 'S')
    } else if (this.#countOf(child) === 1) findings.at(child, 'M', 'W')
  }

  #reportRepeated(child: XmlElement): void {
    this.#context.findings.at(child, 'M', 'E', { occurrences: this.#countOf(child) + 1 })
  }

  /** How often a child of that name was asked for, this time included. */
  #countOf({ name }: XmlElement): number {
    this.#counts ??= new Map()
    const count = (this.#counts.get(name) ?? 0) + 1
    this.#counts.set(name, count)
    return count
  }

  /** The only child of that name; undefined when it is absent or empty, which is the same (edXML 2.1 rule 7). */
  child(name: string): XmlElement | undefined {
    const element = this.#firstNamed(name)
    return element === undefined || isEmpty(this.#context.packet, element) ? undefined : element
  }

  /** Every child of that name that is not empty. */
  all(name: string): XmlElement[] {
    if (this.element === undefined) return []
    return childrenNamed(this.element, name).filter(element => !isEmpty(this.#context.packet, element))
  }

  #firstNamed(name: string): XmlElement | undefined {
    if (this.element === undefined) return undefined
    for (const child of this.element.children) if (isNamed(child, qcvn, name)) return child
    return undefined
  }

  /** A block inside this one, whether it is there or not. */
  block(name: string, shape: BlockShape): Block {
    return new Block(this.#context, this.child(name), this.#anchor, [...this.#trail, name], shape)
  }

  missing(name: string, letter: Letter): void {
    this.#context.findings.missing(this.#anchor, [...this.#trail, name], letter)
  }

  text(name: string, rule: ValueRule = {}): string | undefined {
    const element = this.child(name)
    const value = element === undefined ? undefined : textValue(this.#context, element, rule)
    if (element === undefined && rule.missing !== undefined) this.missing(name, rule.missing)
    return value
  }

  /** An identifier: `null` in any case says that there is none. */
  identifier(name: string, rule: ValueRule = {}): string | undefined {
    const element = this.child(name)
    const value = element === undefined ? undefined : identifierValue(this.#context, element, rule)
    if (element === undefined && rule.missing !== undefined) this.missing(name, rule.missing)
    return value
  }

  /** An agency code: an identifier of up to 35 characters without comma or white space (edXML 12). */
  agencyCode(name: string, missing?: Letter): string | undefined {
    const element = this.child(name)
    if (element === undefined && missing !== undefined) this.missing(name, missing)
    return element === undefined ? undefined : agencyCodeValue(this.#context, element, missing)
  }

  /** Texts of a repeated child, empty ones left out. */
  texts(name: string, max: number): string[] {
    return this.all(name).flatMap(element => textValue(this.#context, element, { max }) ?? [])
  }

  integer(name: string, rule: { missing?: Letter; min?: number; max?: number } = {}): number | undefined {
    const text = this.text(name, rule.missing === undefined ? {} : { missing: rule.missing })
    const element = this.child(name)
    if (text === undefined || element === undefined) return undefined
    if (!/^[+-]?\d{1,9}$/.test(text)) return this.#refuse(element, 'T')
    const value = Number(text)
    const { min = -Infinity, max = Infinity } = rule
    return value < min || value > max ? this.#refuse(element, 'R') : value
  }

  /** `0` or `1`; with `words` also `true` and `false`. */
  flag(name: string, rule: { missing?: Letter; words?: boolean } = {}): boolean | undefined {
    const text = this.text(name, rule.missing === undefined ? {} : { missing: rule.missing })?.toLowerCase()
    const element = this.child(name)
    if (text === undefined || element === undefined) return undefined
    if (text === '1' || (rule.words && text === 'true')) return true
    if (text === '0' || (rule.words && text === 'false')) return false
    return this.#refuse(element, 'T')
  }

  /** `yyyy-mm-dd`. */
  day(name: string, missing?: Letter): string | undefined {
    return this.#time(name, readDay, missing)
  }

  /** RFC 3339 UTC. */
  instant(name: string, missing?: Letter): string | undefined {
    return this.#time(name, readInstant, missing)
  }

  #time(name: string, read: (text: string) => ReadTime | undefined, missing?: Letter): string | undefined {
    const text = this.text(name, missing === undefined ? {} : { missing })
    const element = this.child(name)
    if (text === undefined || element === undefined) return undefined
    const time = read(text)
    if (time === undefined) return this.#refuse(element, 'T')
    if (!time.standardForm) this.#context.findings.at(element, 'T', 'W')
    return time.value
  }

  /** A value of the wrong type or range is S and then treated as absent (edXML 4). */
  #refuse(element: XmlElement, prefix: 'T' | 'R'): undefined {
    this.#context.findings.at(element, prefix, 'S')
    return undefined
  }
}

/** Text of a simple element; one with child elements could be read in two ways, so it counts as of the wrong type. */
export function textValue(context: ReadContext, element: XmlElement, { max, missing }: ValueRule): string | undefined {
  if (element.children.length > 0) {
    context.findings.at(element, 'T', wrongTypeLetter(missing))
    return undefined
  }
  const text = ownText(context.packet, element).trim()
  if (text === '') return undefined
  if (max !== undefined && text.length > max) {
    const length = [...text].length
    if (length > max) context.findings.at(element, 'R', 'S', { max, length })
  }
  return text
}

export function identifierValue(context: ReadContext, element: XmlElement, rule: ValueRule): string | undefined {
  const text = textValue(context, element, rule)
  if (text?.toLowerCase() !== 'null') return text
  context.findings.at(element, 'N', rule.missing === undefined || rule.missing === '-' ? 'W' : rule.missing)
  return undefined
}

export function agencyCodeValue(context: ReadContext, element: XmlElement, missing: Letter = '-'): string | undefined {
  const code = identifierValue(context, element, { max: 35, missing })
  if (code === undefined || !notIdentifier.test(code)) return code
  context.findings.at(element, 'T', wrongTypeLetter(missing))
  return undefined
}

/** A wrong value counts as absent, so one that is always needed refuses the packet. */
function wrongTypeLetter(missing: Letter | undefined): Letter {
  return missing === 'E' ? 'E' : 'S'
}

/** The XML signature has its place in the header and is no foreign element there (edXML 2.1 rule 8). */
function isSignatureInPlace(element: XmlElement): boolean {
  return isNamed(element, xmldsig, 'Signature') && element.parent?.name === 'edXMLHeader'
}

/** Children of that name in the packet's name space. */
export function childrenNamed(element: XmlElement, name: string): XmlElement[] {
  return element.children.filter(child => isNamed(child, qcvn, name))
}
