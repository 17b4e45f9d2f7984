import { type Finding, finding, type Severity } from '@docaxis/errors'
import type { Profile } from '../model.ts'
import { isNamed, type XmlElement } from '../packet/element.ts'

/** How strict a rule is (edXML, head): E refuses, S refuses under strict, W warns, `-` says nothing. */
export type Letter = 'E' | 'S' | 'W' | '-'
export type Details = Readonly<Record<string, string | number>>

const maxFindings = 50
/** Beyond this many nothing new is learnt; it bounds the work for a hostile packet. */
const maxKept = 1_000
/** Elements at which a path of the error vocabulary begins (edXML 11). */
const pathRoots = new Set(['MessageHeader', 'TraceHeaderList', 'edXMLManifest', 'AttachmentEncoded', 'Signature'])

interface Fault {
  readonly code: string
  readonly severity: Severity
  /** Element at fault, or the one in which `missing` should stand. */
  readonly element: XmlElement
  readonly missing: readonly string[]
  readonly details: Details | undefined
}

/** Gathers the faults of one packet; sentences are made for the reported ones only. */
export class FindingList {
  readonly #profile: Profile
  readonly #errors: Fault[] = []
  readonly #warnings: Fault[] = []

  constructor(profile: Profile) {
    this.#profile = profile
  }

  /** A fault of an element that is there; the code is `<prefix>.<path of the element>`. */
  at(element: XmlElement, prefix: 'N' | 'R' | 'T' | 'M', letter: Letter, details?: Details): void {
    if (this.#isFull(letter)) return
    this.custom(element, `${prefix}.${dottedPath(element)}`, letter, details)
  }

  /** A fault with a code of its own. */
  custom(element: XmlElement, code: string, letter: Letter, details?: Details): void {
    this.#add({ code, element, missing: [], details }, letter)
  }

  /** `N.` for what should stand inside `parent`. */
  missing(parent: XmlElement, names: readonly string[], letter: Letter): void {
    if (this.#isFull(letter)) return
    this.#add(
      { code: `N.${[dottedPath(parent), ...names].join('.')}`, element: parent, missing: names, details: undefined },
      letter,
    )
  }

  /** `N.<name>` for a block of the frame, whose path begins with itself. */
  missingBlock(parent: XmlElement, name: string, letter: Letter): void {
    this.#add({ code: `N.${name}`, element: parent, missing: [name], details: undefined }, letter)
  }

  #add(fault: Omit<Fault, 'severity'>, letter: Letter): void {
    if (this.#isFull(letter)) return
    const severity = this.#refuses(letter) ? 'error' : 'warning'
    this.#listOf(letter).push({ ...fault, severity })
  }

  /** Whether nothing more of that letter is kept. */
  #isFull(letter: Letter): boolean {
    return letter === '-' || this.#listOf(letter).length >= maxKept
  }

  #listOf(letter: Letter): Fault[] {
    return this.#refuses(letter) ? this.#errors : this.#warnings
  }

  #refuses(letter: Letter): boolean {
    return letter === 'E' || (letter === 'S' && this.#profile === 'strict')
  }

  /** At most 50 in document order; an error is never crowded out by warnings. */
  report(): Finding[] {
    const errors = inDocumentOrder(this.#errors).slice(0, maxFindings)
    const warnings = inDocumentOrder(this.#warnings).slice(0, maxFindings - errors.length)
    return inDocumentOrder([...errors, ...warnings]).map(({ code, severity, element, missing, details }) =>
      finding(code, { path: [shownPath(element), ...missing].join('/'), severity, ...(details && { details }) }),
    )
  }
}

/** What is missing counts as standing at the end of its parent. */
function inDocumentOrder(faults: readonly Fault[]): Fault[] {
  const position = ({ element, missing }: Fault) => (missing.length === 0 ? element.start : element.contentEnd)
  return [...faults].sort((a, b) => position(a) - position(b))
}

function ancestry(element: XmlElement): XmlElement[] {
  const chain = [element]
  for (let at: XmlElement | undefined = element; at !== undefined && !pathRoots.has(at.name); at = at.parent) {
    if (at.parent !== undefined) chain.unshift(at.parent)
  }
  const isBelowRoot = pathRoots.has(chain[0]?.name ?? '')
  return isBelowRoot ? chain : [element]
}

/** `MessageHeader.To.OrganId`. */
export function dottedPath(element: XmlElement): string {
  return ancestry(element)
    .map(({ name }) => name)
    .join('.')
}

/** `MessageHeader/To[2]/OrganId`: an index where the same name stands more than once. */
function shownPath(element: XmlElement): string {
  return ancestry(element).map(withIndex).join('/')
}

function withIndex(element: XmlElement): string {
  let index = 0
  let alike = 0
  for (const sibling of element.parent?.children ?? []) {
    if (isNamed(sibling, element.namespace, element.name)) alike += 1
    if (sibling === element) index = alike
  }
  return alike < 2 ? element.name : `${element.name}[${index}]`
}
