import { HubError } from '@docaxis/errors'

// The headers of tus 1.0.0 (tus.io/protocols/resumable-upload): core, creation, expiration, checksum, termination.

export const tusVersion = '1.0.0'
export const tusExtensions = 'creation,expiration,checksum,termination'
export const partType = 'application/offset+octet-stream'

const algorithms = { sha1: 20, sha256: 32, sha512: 64 } as const

type Algorithm = keyof typeof algorithms
export const checksumAlgorithms = Object.keys(algorithms).join(',')

/** Of one part. */
export interface Checksum {
  readonly algorithm: Algorithm
  readonly base64: string
}

/** @throws HubError `REQUEST_INVALID`: unknown algorithm, or no digest of it */
export function parseChecksum(header: string): Checksum {
  const [, name = '', base64 = ''] = /^([a-z0-9]+) ([A-Za-z0-9+/]+={0,2})$/.exec(header) ?? []
  const length = Object.hasOwn(algorithms, name) ? algorithms[name as Algorithm] : undefined
  if (length === undefined || Buffer.from(base64, 'base64').length !== length) {
    throw new HubError('REQUEST_INVALID', `Upload-Checksum is a digest in Base64 by one of ${checksumAlgorithms}`)
  }
  return { algorithm: name as Algorithm, base64 }
}

/**
 * Upload-Metadata: pairs of key and Base64, with commas between.
 *
 * @throws HubError `REQUEST_INVALID`: another form, or a key twice
 */
export function parseMetadata(header: string): ReadonlyMap<string, string> {
  const values = new Map<string, string>()
  for (const pair of header.split(',')) {
    const [, key = '', value = ''] = /^([!-+\--~]+)(?: ([A-Za-z0-9+/]*={0,2}))?$/.exec(pair.trim()) ?? []
    if (key === '' || values.has(key)) {
      throw new HubError('REQUEST_INVALID', 'Upload-Metadata is "key base64,key base64", each key once')
    }
    values.set(key, Buffer.from(value, 'base64').toString('utf8'))
  }
  return values
}
