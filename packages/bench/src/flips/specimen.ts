import { writeDocument } from '@docaxis/edxml'
import { signEnvelope } from '@docaxis/signature'
import { below, type Random } from '../random.ts'
import { judgedAt, type SigningBench } from '../signing-bench.ts'

/** Of the attachment, before Base64 and its ZIP wrapper: the envelope has about 100 KB then. */
const attachmentBytes = 70_000

/**
 * A signed envelope of 100 KB with one attachment, and with everything in it that has no meaning: an XML declaration,
 * comments, white space in tags, parts of KeyInfo that nobody reads.
 */
export function specimen(random: Random, { seals }: SigningBench): Buffer {
  const { privateKey, certificate } = seals.rsa
  const unsigned = writeDocument(document(random), countingIds()).toString()
  const loose = replaceOnce(
    replaceOnce(unsigned, '<edXML:MessageHeader>', '<!-- soạn ngày 15 -->\n<edXML:MessageHeader\t>'),
    '<edXML:edXMLManifest version="1.0">',
    '<edXML:edXMLManifest\tversion = "1.0"\t><!-- một tệp -->',
  )
  const sealed = signEnvelope(Buffer.from(loose), { privateKey, certificates: [certificate] }).toString()
  return Buffer.from(
    replaceOnce(
      replaceOnce(sealed, '<KeyInfo>', '<KeyInfo\t>\n<KeyName\t>con dấu của G99</KeyName>'),
      '<X509Data>',
      '<X509Data>\t<X509SubjectName>CN=Con dấu G99</X509SubjectName>\n',
    ),
  )
}

function document(random: Random) {
  const noise = Buffer.from(Array.from({ length: attachmentBytes }, () => below(random, 256)))
  return {
    sender: { agencyCode: 'G99', name: 'Cơ quan G99' },
    receivers: [{ agencyCode: 'H10', name: 'Cơ quan H10' }],
    documentId: 'G99,2030/01/15,12',
    code: { number: '12', notation: 'CV-VP' },
    issuedAt: 'Hà Nội',
    issuedOn: '2030-01-15',
    documentType: { type: 2, name: 'Công văn' },
    subject: 'Về việc liên thông văn bản',
    signer: { fullName: 'Nguyễn Văn An' },
    sentAt: judgedAt,
    attachments: [{ name: '12.pdf', content: Buffer.concat([Buffer.from('%PDF-1.7\n'), noise]) }],
  }
}

/** UUIDs that count up, so that the same seed gives the same bytes. */
function countingIds(): () => string {
  let count = 0
  return () => {
    count += 1
    return `00000000-0000-4000-8000-${String(count).padStart(12, '0')}`
  }
}

function replaceOnce(text: string, from: string, to: string): string {
  if (text.split(from).length !== 2) throw new Error(`${from} does not stand once in the specimen`)
  return text.replace(from, to)
}
