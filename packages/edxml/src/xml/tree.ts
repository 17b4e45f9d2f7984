/**
 * The tree of one document, as the scanner read it. Every string is made of the UTF-8 bytes of the text, one character
 * each ("latin1"), so that a canonical form is written by joining strings and sorting strings sorts code points. Text and attribute values are escaped as every canonical form escapes them (XML-C14N 1.0,
 * 2.3): nothing has to be escaped again.
 */
export type XmlNode = XmlTreeElement | XmlText | XmlComment | XmlInstruction

/** `xmlns:prefix="namespace"`; prefix '' is the default, namespace '' takes it back. */
export interface XmlDeclaration {
  readonly prefix: string
  /** As it stands in a canonical form, escaped. */
  readonly namespace: string
}

export interface XmlTreeAttribute {
  readonly prefix: string
  /** '' for an attribute without a prefix. */
  readonly namespace: string
  readonly name: string
  /** Normalized and escaped as canonical XML has it. */
  readonly rawValue: string
}

export interface XmlTreeElement {
  readonly kind: 'element'
  readonly parent: XmlTreeElement | undefined
  readonly prefix: string
  readonly namespace: string
  readonly name: string
  /** As written on this element, in the order of the document. */
  readonly declarations: readonly XmlDeclaration[]
  /** As written, in the order of the document. */
  readonly attributes: readonly XmlTreeAttribute[]
  readonly children: readonly XmlNode[]
}

/** A run of text between two pieces of markup; CDATA and references are resolved into it, adjoining runs are one. */
export interface XmlText {
  readonly kind: 'text'
  readonly raw: string
}

/** Only that it is there: no canonical form we allow has comments. */
export interface XmlComment {
  readonly kind: 'comment'
}

export interface XmlInstruction {
  readonly kind: 'instruction'
  readonly target: string
  /** As canonical XML has it; '' when there is none. */
  readonly raw: string
}

export interface XmlTree {
  readonly root: XmlTreeElement
  /** Comments and processing instructions before and after the root element. */
  readonly prolog: readonly (XmlComment | XmlInstruction)[]
  readonly epilog: readonly (XmlComment | XmlInstruction)[]
}
