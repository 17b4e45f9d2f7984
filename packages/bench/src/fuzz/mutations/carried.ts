import { below, pick, type Random } from '../../random.ts'
import type { Mutation } from './mutation.ts'
import { insertAt } from './places.ts'

/** Encoded files go another way through the reader than all other text. */
const carried = /<((?:[^\s<>/:]+:)?)ContentTransferEncoded\b[^<>]*>[^<]*/g
const attachments = /<((?:[^\s<>/:]+:)?)AttachmentEncoded\b[\s\S]*<\/\1AttachmentEncoded\s*>/

const pieces: readonly string[] = [
  '\n',
  '\r\n',
  '\r',
  ' ',
  '\t\t',
  '&#13;',
  '&#10;',
  '&#x41;',
  '&#65;&#0066;',
  '&amp;',
  '&lt;',
  '>',
  ']]>',
  ']]',
  ']',
  '=',
  '====',
  '-',
  '_',
  'A',
  'AAAA',
  'é',
  '\u00a0',
  '\u{1f600}',
  '\u0000',
  '<!-- a -->',
  '<!---->',
  '<![CDATA[]]>',
  '<![CDATA[AAAA]]>',
  '<![CDATA[\r\nA>A]]>',
  '<a/>',
  '<a>AAAA</a>',
  '<edXML:ContentTransferEncoded xmlns:edXML="http://www.mic.gov.vn/TBT/QCVN_102_2016">AAAA</edXML:ContentTransferEncoded>',
  '<?a?>',
]

export const carriedMutations: readonly Mutation[] = [
  { kind: 'in the encoded file', apply: (random, text) => within(random, text, () => pick(random, pieces)) },
  {
    kind: 'often in the encoded file',
    apply: (random, text) => {
      const piece = pick(random, pieces)
      return Array.from({ length: 2 + below(random, 5) }).reduce<string>(
        changed => within(random, changed, () => piece),
        text,
      )
    },
  },
  {
    kind: 'encoded file in CDATA',
    apply: (random, text) => replaceText(random, text, found => `<![CDATA[${found}]]>`),
  },
  {
    kind: 'encoded file emptied',
    apply: (random, text) => replaceText(random, text, () => pick(random, ['', ' ', '\r'])),
  },
  { kind: 'encoded files before the envelope', apply: (_random, text) => moveAttachments(text) },
]

/** Into the text of one encoded file. */
function within(random: Random, text: string, what: () => string): string {
  return replaceText(random, text, found => insertAt(found, below(random, found.length + 1), what()))
}

function replaceText(random: Random, text: string, by: (found: string) => string): string {
  const places = Array.from(text.matchAll(carried))
  if (places.length === 0) return text
  const { 0: stretch, index } = pick(random, places)
  const from = index + stretch.indexOf('>') + 1
  const to = index + stretch.length
  return text.slice(0, from) + by(text.slice(from, to)) + text.slice(to)
}

/** Then they stream past before the reader knows what digest is asked for. */
function moveAttachments(text: string): string {
  const block = attachments.exec(text)?.[0]
  const envelope = /<(?:[^\s<>/:]+:)?edXMLEnvelope\b/.exec(text)?.index
  if (block === undefined || envelope === undefined) return text
  return insertAt(
    text.replace(attachments, () => ''),
    envelope,
    block,
  )
}
