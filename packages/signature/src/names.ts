/** Namespaces and algorithm identifiers of XML signatures (XMLDSig-core1, RFC 9231, RFC 3741). */
export const ds = 'http://www.w3.org/2000/09/xmldsig#'
export const ds11 = 'http://www.w3.org/2009/xmldsig11#'
export const exclusiveC14n = 'http://www.w3.org/2001/10/xml-exc-c14n#'
export const envelopedSignature = `${ds}enveloped-signature`
export const manifestType = `${ds}Manifest`
export const qcvn = 'http://www.mic.gov.vn/TBT/QCVN_102_2016'
export const receiptNamespace = 'urn:docaxis:receipt:1'

export type SignatureAlgorithm = 'rsa-sha256' | 'ecdsa-sha256'

export const signatureMethods: ReadonlyMap<string, SignatureAlgorithm> = new Map([
  ['http://www.w3.org/2001/04/xmldsig-more#rsa-sha256', 'rsa-sha256'],
  ['http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256', 'ecdsa-sha256'],
])

export const digestMethods: ReadonlyMap<string, 'sha256' | 'sha384' | 'sha512'> = new Map([
  ['http://www.w3.org/2001/04/xmlenc#sha256', 'sha256'],
  ['http://www.w3.org/2001/04/xmldsig-more#sha384', 'sha384'],
  ['http://www.w3.org/2001/04/xmlenc#sha512', 'sha512'],
])

/** Whether an element has this name in the namespace of XML signatures. */
export function isDs(
  { namespace, name }: { readonly namespace: string; readonly name: string },
  wanted: string,
): boolean {
  return namespace === ds && name === wanted
}
