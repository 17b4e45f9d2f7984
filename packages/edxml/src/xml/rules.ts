/** What is well-formed XML and yet not taken everywhere. */
export interface XmlRules {
  /** White space before the root element, without an XML declaration. */
  readonly leadingWhiteSpace: boolean
  /** Name spaces that are no absolute URIs: such a document can be read, but has no canonical form. */
  readonly relativeNamespaces: boolean
}

/** An envelope begins with its first byte and has a canonical form. */
export const strictRules: XmlRules = { leadingWhiteSpace: false, relativeNamespaces: false }
