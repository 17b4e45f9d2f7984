/** Why we refuse what libxml2 reads, by the finding that refuses it: each is a rule of ours, or a fault to be mended. */
const explanations: readonly (readonly [reason: RegExp, why: string])[] = [
  [/^R\.XML\./, 'a limit of edXML 2.1, rule 10'],
  [/^M\.XML\.Doctype$/, 'edXML 2.1, rule 2'],
  [/^M\.XML: processing instruction/, 'edXML 2.1, rule 2'],
  [/^M\.XML: no markup at the start$/, 'edXML 2.1, rule 1'],
  [/^M\.XML: encoding .*, not UTF-8$/, 'edXML 2.1, rule 1'],
  [/^M\.XML: XML declaration$/, 'a version other than 1.0, or more than 200 bytes of it'],
  [/^M\.XML: reference without an end$/, 'more than 32 bytes of it'],
  [/^M\.XML: a name space declaration stands twice$/, 'XML 1.0, 3.1; libxml2 does not count xmlns:xml'],
  [/^M\.XML\.Namespace: name space that is no absolute URI$/, 'an IRI, or `&`, which canonical forms do not agree on'],
]

/** Undefined: nobody has said yet why this is right. */
export function explanationOf(reason: string): string | undefined {
  return explanations.find(([pattern]) => pattern.test(reason))?.[1]
}
