import type { Certificate } from './types.ts'

/** Where the status of a certificate is published, by its own word. Named for whoever fetches; nothing is fetched here. */
export interface AccessPoints {
  readonly crls: readonly string[]
  readonly ocsp: readonly string[]
}

/** Addresses that begin with `http:`; others are left out (V48: plain http, the answers are signed). */
export function accessPointsOf({ distributionPoints, freshestPoints, ocspLocations }: Certificate): AccessPoints {
  const names = [...distributionPoints, ...freshestPoints].flatMap(({ name }) =>
    name && 'uris' in name ? name.uris : [],
  )
  return { crls: names.filter(isHttp), ocsp: ocspLocations.filter(isHttp) }
}

function isHttp(url: string): boolean {
  return /^http:\/\//i.test(url)
}
