import type { Certificate } from './types.ts'

/** Where the status of a certificate is published, by its own word. Named for whoever fetches; nothing is fetched here. */
export interface AccessPoints {
  readonly crls: readonly string[]
  readonly ocsp: readonly string[]
}

/** The tag of a uniformResourceIdentifier (RFC 5280 section 4.2.1.6), hex. */
const uri = '86'

/** Addresses that begin with `http:`; others are left out (V48: plain http, the answers are signed). */
export function accessPointsOf({ distributionPoints, ocspLocations }: Certificate): AccessPoints {
  const lists = distributionPoints.filter(name => name.startsWith(uri)).map(name => textOf(Buffer.from(name, 'hex')))
  return { crls: lists.filter(isHttp), ocsp: ocspLocations.filter(isHttp) }
}

/** Content of a DER element: behind its tag and its length of one or several octets. */
function textOf(der: Buffer): string {
  const first = der[1] ?? 0
  return der.subarray(first < 0x80 ? 2 : 2 + (first & 0x7f)).toString('latin1')
}

function isHttp(url: string): boolean {
  return /^http:\/\//i.test(url)
}
