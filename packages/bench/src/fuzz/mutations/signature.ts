import { below, pick, type Random } from '../../random.ts'
import type { Mutation } from './mutation.ts'
import { inContent, insert, insertAt } from './places.ts'

const xmldsig = 'http://www.w3.org/2000/09/xmldsig#'
const signature = /<((?:[^\s<>/:]+:)?)Signature[\s>][\s\S]*?<\/\1Signature\s*>/
const base64Text = /<(?:[^\s<>/:]+:)?(?:DigestValue|SignatureValue|X509Certificate)\b[^<>]*>[^<]*/g

const inSignature: readonly string[] = [
  '<!-- a -->',
  '<!---->',
  '<?a?>',
  'a',
  ' \n',
  '&#32;',
  '&#13;',
  '<![CDATA[]]>',
  '<![CDATA[ ]]>',
  '<a/>',
  `<Object xmlns="${xmldsig}"/>`,
  `<Object xmlns="${xmldsig}"><Manifest/></Object>`,
  `<x:KeyName xmlns:x="${xmldsig}">b</x:KeyName>`,
  `<RetrievalMethod xmlns="${xmldsig}" URI="#a"/>`,
  `<SignedInfo xmlns="${xmldsig}"/>`,
  `<Signature xmlns="${xmldsig}"/>`,
  '<InclusiveNamespaces xmlns="http://www.w3.org/2001/10/xml-exc-c14n#" PrefixList="a"/>',
]

export const signatureMutations: readonly Mutation[] = [
  { kind: 'in the Signature', apply: (random, text) => within(random, text, pick(random, inSignature)) },
  {
    kind: 'in Base64 of the Signature',
    apply: (random, text) => withinBase64(random, text, pick(random, inSignature)),
  },
  { kind: 'Signature doubled', apply: (random, text) => moved(random, text, found => found) },
  { kind: 'Signature moved', apply: (random, text) => moved(random, text, () => '') },
  { kind: 'Signature removed', apply: (_random, text) => text.replace(signature, '') },
  {
    kind: 'Signature wrapped',
    apply: (random, text) => text.replace(signature, found => pick(random, wrappers)(found)),
  },
  { kind: 'beside the Signature', apply: (random, text) => text.replace(signature, found => beside(random, found)) },
  {
    kind: 'Signature elsewhere',
    apply: (random, text) => insert(random, text, inContent, `<Signature xmlns="${xmldsig}"/>`),
  },
]

const wrappers: readonly ((found: string) => string)[] = [
  found => `<a>${found}</a>`,
  found => `<Signature xmlns="${xmldsig}">${found}</Signature>`,
  found => `<Signature>${found}</Signature>`,
  found => `<Signature xmlns="${xmldsig}"><Object>${found}</Object></Signature>`,
  found => `<![CDATA[${found}]]>`,
  found => `<!-- ${found} -->`,
]

function beside(random: Random, found: string): string {
  const what = pick(random, inSignature)
  return pick(random, [what + found, found + what])
}

/** After a tag inside the Signature. */
function within(random: Random, text: string, what: string): string {
  const found = signature.exec(text)
  if (found === null) return text
  const { 0: block, index } = found
  return insertAt(text, index + inContent(random, block), what)
}

function withinBase64(random: Random, text: string, what: string): string {
  const found = Array.from(text.matchAll(base64Text))
  if (found.length === 0) return text
  const { 0: stretch, index } = pick(random, found)
  const from = stretch.indexOf('>') + 1
  return insertAt(text, index + from + below(random, stretch.length - from + 1), what)
}

/** The Signature somewhere else in the text; `left` is what stays in its place. */
function moved(random: Random, text: string, left: (found: string) => string): string {
  const found = signature.exec(text)?.[0]
  if (found === undefined) return text
  return insert(
    random,
    text.replace(signature, () => left(found)),
    inContent,
    found,
  )
}
