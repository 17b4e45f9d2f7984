import type { VerificationCode } from '@docaxis/errors'
import type { Identity } from '@docaxis/pki/authority'
import { signerOf } from '@docaxis/testkit'
import { signEnvelope } from '../src/index.ts'
import { ds } from '../src/names.ts'
import { edit, resign } from './sealing.ts'

/** The twenty wrapping moves, each on a packet well sealed by the victim; the forger holds a seal of his own. */
export interface Move {
  readonly move: string
  /** @throws when the packet lacks what the move works on, as it may after another move */
  readonly apply: (xml: Buffer) => Buffer
  readonly code: VerificationCode
}

export interface Scene {
  readonly victim: Identity
  readonly forger: Identity
  /** By the victim. */
  readonly sealed: Buffer
}

const enveloped = `<Transform Algorithm="${ds}enveloped-signature"></Transform>`
const signaturePattern = /<Signature xmlns="[^"]*xmldsig#">.*<\/Signature>/
const bodyPattern = /<edXML:edXMLBody(?: Id="body")?>[\s\S]*<\/edXML:edXMLBody>/
/** An element of the packet's namespace that it knows nothing of. */
const any = '<Any xmlns:edXML="http://www.mic.gov.vn/TBT/QCVN_102_2016">'
const bodyStart = '<edXML:edXMLBody Id="body">'

export function movesOf(scene: Scene): readonly Move[] {
  return [...contentMoves(scene), ...idMoves(scene), ...signedInfoMoves(scene), ...signatureMoves(scene)]
}

/** 1, 2: the signed original is carried along in a forged packet. */
function contentMoves({ sealed }: Scene): readonly Move[] {
  const original = sealed
    .toString()
    .replace(/^<\?xml[^>]*>\s*/, '')
    .replace(signaturePattern, '')
  return [
    {
      move: '1: the original in an Object of the Signature of a forged packet',
      apply: xml => edit(forged(xml), '</Signature>', `<Object>${original}</Object></Signature>`),
      code: 'SIGNATURE_STRUCTURE',
    },
    {
      move: '2: the original beside the Signature, after it',
      apply: xml => edit(forged(xml), '</Signature>', `</Signature>${original}`),
      code: 'SIGNATURE_STRUCTURE',
    },
  ]
}

/** 3 to 8, 10, 14: the victim signed the body alone, by its Id. */
function idMoves({ victim }: Scene): readonly Move[] {
  const byId = (xml: Buffer) => signedById(xml, victim)
  return [
    {
      move: '3: a forged body before the signed one, with another Id',
      apply: xml => edit(byId(xml), bodyStart, `${forgedBody(xml, 'other')}${bodyStart}`),
      code: 'REFERENCE_COVERAGE',
    },
    {
      move: '4: a forged body around the signed one',
      apply: xml => edit(byId(xml), bodyPattern, '<edXML:edXMLBody>$&</edXML:edXMLBody>'),
      code: 'REFERENCE_COVERAGE',
    },
    {
      move: '5: the same Id twice, the forged one first',
      apply: xml => edit(byId(xml), bodyStart, `${forgedBody(xml, 'body')}${bodyStart}`),
      code: 'ID_NOT_UNIQUE',
    },
    {
      move: '6: the same Id twice, the forged one last',
      apply: xml => edit(byId(xml), '</edXML:edXMLBody>', `</edXML:edXMLBody>${forgedBody(xml, 'body')}`),
      code: 'ID_NOT_UNIQUE',
    },
    {
      move: '7: the original inside an element that may hold anything',
      apply: xml => {
        const signed = byId(xml)
        const whole = part(signed, bodyPattern)
        const replaced = edit(signed, whole, forgedBody(xml, 'other'))
        return edit(replaced, '<AttachmentEncoded>', `<AttachmentEncoded>${any}${whole}</Any>`)
      },
      code: 'REFERENCE_COVERAGE',
    },
    {
      move: '8: the same inside an Object',
      apply: xml => {
        const signed = byId(xml)
        const whole = part(signed, bodyPattern)
        const replaced = edit(signed, whole, forgedBody(xml, 'other'))
        return edit(replaced, '</Signature>', `<Object>${whole}</Object></Signature>`)
      },
      code: 'SIGNATURE_STRUCTURE',
    },
    ...['ID', 'id', 'xml:id', 'wsu:Id'].map(name => ({
      move: `10: the Id again as ${name}`,
      apply: (xml: Buffer) =>
        edit(byId(xml), '<AttachmentEncoded>', `<AttachmentEncoded xmlns:wsu="urn:wsu" ${name}="body">`),
      code: 'ID_NOT_UNIQUE' as const,
    })),
    { move: '14: only the body signed, the header free', apply: byId, code: 'REFERENCE_COVERAGE' },
  ]
}

/** 11, 12, 13, 15, 16: what SignedInfo says, and what stands around it. */
function signedInfoMoves({ victim }: Scene): readonly Move[] {
  const xpath =
    '<Transform Algorithm="http://www.w3.org/TR/1999/REC-xpath-19991116"><XPath>not(ancestor-or-self::*)</XPath></Transform>'
  const manifest = '<Object><Manifest><Reference URI="#body"/></Manifest></Object>'
  const structure = 'SIGNATURE_STRUCTURE'
  return [
    {
      move: '11: an XPath transform that leaves the body out',
      apply: xml => resign(edit(xml, '</Transforms>', `${xpath}</Transforms>`), victim),
      code: 'TRANSFORM_FORBIDDEN',
    },
    {
      move: '12: enveloped-signature twice',
      apply: xml => resign(edit(xml, enveloped, enveloped + enveloped), victim),
      code: structure,
    },
    {
      move: '12: a second Signature that carries content',
      apply: xml => edit(xml, '<AttachmentEncoded>', `<AttachmentEncoded><Signature xmlns="${ds}"><Any/></Signature>`),
      code: structure,
    },
    {
      move: '13: content under a Manifest',
      apply: xml => resign(edit(xml, '</Signature>', `${manifest}</Signature>`), victim),
      code: 'REFERENCE_FORBIDDEN',
    },
    {
      move: '13: a Reference of type Manifest',
      apply: xml => resign(edit(xml, /<Reference URI="([^"]*)">/, `<Reference URI="$1" Type="${ds}Manifest">`), victim),
      code: 'REFERENCE_FORBIDDEN',
    },
    {
      move: '15: a comment inside DigestValue',
      apply: xml => edit(xml, '<DigestValue>', '<DigestValue><!-- x -->'),
      code: structure,
    },
    {
      move: '15: a comment inside SignatureValue',
      apply: xml => edit(xml, '</SignatureValue>', '<!-- x --></SignatureValue>'),
      code: structure,
    },
    {
      move: '16: two SignedInfo, the forged one first',
      apply: xml => edit(xml, '<SignedInfo>', '<SignedInfo></SignedInfo><SignedInfo>'),
      code: structure,
    },
    {
      move: '16: two SignedInfo, the forged one last',
      apply: xml => edit(xml, '</SignedInfo>', '</SignedInfo><SignedInfo></SignedInfo>'),
      code: structure,
    },
    {
      move: '16: SignedInfo wrapped in an unknown element',
      apply: xml => edit(xml, /<SignedInfo>.*<\/SignedInfo>/, '<Wrap>$&</Wrap>'),
      code: structure,
    },
  ]
}

/** 9, 17 to 20: where the Signature stands, whose it is, and how many there are. */
function signatureMoves({ victim, forger }: Scene): readonly Move[] {
  return [
    {
      move: '9: the Signature under another parent',
      apply: xml => {
        const signature = part(xml, signaturePattern)
        return edit(edit(xml, signature, ''), '</edXML:edXMLBody>', `${signature}</edXML:edXMLBody>`)
      },
      code: 'SIGNATURE_STRUCTURE',
    },
    {
      move: '17: the certificate that verifies behind the one that gives the name',
      apply: xml => withCertificates(signedBy(forger, xml), [victim, forger]),
      code: 'SIGNER_AMBIGUOUS',
    },
    {
      move: '17: the certificate that verifies before the one that gives the name',
      apply: xml => withCertificates(xml, [victim, forger]),
      code: 'SIGNER_AMBIGUOUS',
    },
    {
      move: '17: a second X509Data',
      apply: xml => edit(xml, '</X509Data>', '</X509Data><X509Data></X509Data>'),
      code: 'SIGNER_AMBIGUOUS',
    },
    {
      move: '18: the key of the forger beside the certificate of the victim',
      apply: xml =>
        edit(withCertificates(signedBy(forger, xml), [victim]), '<KeyInfo>', `<KeyInfo>${keyValue(forger)}`),
      code: 'SIGNATURE_MISMATCH',
    },
    {
      move: '19: two Signatures, the good one first',
      apply: xml => edit(xml, '</edXML:edXMLHeader>', `${foreignSignature(forger, xml)}</edXML:edXMLHeader>`),
      code: 'SIGNATURE_STRUCTURE',
    },
    {
      move: '19: two Signatures, the good one last',
      apply: xml => edit(xml, '<Signature xmlns', `${foreignSignature(forger, xml)}<Signature xmlns`),
      code: 'SIGNATURE_STRUCTURE',
    },
    {
      move: '20: the prefix ds bound to something else on a wrapper',
      apply: xml =>
        edit(xml, signaturePattern, `<Wrap xmlns:ds="urn:else"><ds:Extra/>${part(xml, signaturePattern)}</Wrap>`),
      code: 'SIGNATURE_STRUCTURE',
    },
    {
      move: '20: the Signature in the namespace of the packet',
      apply: xml =>
        edit(xml, `<Signature xmlns="${ds}">`, '<Signature xmlns="http://www.mic.gov.vn/TBT/QCVN_102_2016">'),
      code: 'SIGNATURE_STRUCTURE',
    },
  ]
}

function part(xml: Buffer, pattern: RegExp): string {
  const [found] = pattern.exec(xml.toString()) ?? []
  if (found === undefined) throw new Error(`nothing like ${pattern}`)
  return found
}

function forged(xml: Buffer): Buffer {
  return edit(xml, /Về việc|Theo lệnh/, 'Theo lệnh')
}

function forgedBody(xml: Buffer, id: string): string {
  const body = part(xml, bodyPattern).replace(/^<edXML:edXMLBody[^>]*>/, `<edXML:edXMLBody Id="${id}">`)
  return body.replace('12.cv', '13.cv')
}

/** The victim signs the body alone, by its Id. */
function signedById(xml: Buffer, victim: Identity): Buffer {
  const named = xml.includes(bodyStart) ? xml : edit(xml, '<edXML:edXMLBody>', bodyStart)
  const referred = edit(named, /<Reference URI="(?:#body)?"/, '<Reference URI="#body"')
  const plain = referred.includes(enveloped) ? edit(referred, enveloped, '') : referred
  return resign(plain, victim, 'body')
}

function signedBy(forger: Identity, xml: Buffer): Buffer {
  return signEnvelope(Buffer.from(forged(xml).toString().replace(signaturePattern, '')), signerOf(forger))
}

function foreignSignature(forger: Identity, xml: Buffer): string {
  return part(signedBy(forger, xml), signaturePattern)
}

function withCertificates(xml: Buffer, identities: readonly Identity[]): Buffer {
  const elements = identities.map(
    ({ certificate: { der } }) => `<X509Certificate>${der.toString('base64')}</X509Certificate>`,
  )
  return edit(xml, /<X509Data>.*<\/X509Data>/, `<X509Data>${elements.join('')}</X509Data>`)
}

function keyValue({ certificate }: Identity): string {
  const { n, e } = certificate.publicKey.export({ format: 'jwk' })
  const [modulus, exponent] = [n, e].map(part => Buffer.from(part ?? '', 'base64url').toString('base64'))
  return `<KeyValue><RSAKeyValue><Modulus>${modulus}</Modulus><Exponent>${exponent}</Exponent></RSAKeyValue></KeyValue>`
}
