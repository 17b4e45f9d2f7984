import type { QualifiedName } from './qualified-name.ts'
import type { XmlDeclaration, XmlTreeAttribute } from './tree.ts'

/** Takes the text of an element that is not to be kept. */
export interface TextSink {
  /**
   * Takes bytes as long as they need no change to be canonical text, but for line ends that it normalizes itself. Markup
   * may stand among them, and needs to be told from text here as well.
   *
   * @returns offset of the first byte that was not taken
   */
  takePlain(bytes: Buffer, from: number, to: number): number
  /** Line feeds among all that was taken by `takePlain`. */
  readonly lineFeeds: number
  /** Takes text in its canonical form. */
  take(bytes: Buffer, from: number, to: number): void
}

/** Told of a document in its order. Text is in `arena`, in its canonical form. */
export interface XmlEvents {
  /** @returns where the text of this element goes instead of the arena */
  startElement(
    name: QualifiedName,
    namespace: string,
    attributes: readonly XmlTreeAttribute[],
    declarations: readonly XmlDeclaration[],
  ): TextSink | undefined
  endElement(name: QualifiedName): void
  /** Character data was appended to the arena from this offset on. */
  text(from: number): void
  comment(): void
  /** Absent: processing instructions refuse the document. */
  instruction?(target: string, raw: string): void
}
