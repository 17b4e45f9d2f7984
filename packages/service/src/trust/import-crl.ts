import { createHash } from 'node:crypto'
import { HubError } from '@docaxis/errors'
import { type Certificate, type Crl, DerError, issuerKey, parseCrl, signatureFault, type Trust } from '@docaxis/pki'
import { type NewCrl, putCrl, type Sql } from '@docaxis/store'

export interface ImportedCrl {
  readonly crl: Crl
  /** False: a newer list of this issuer and scope is held. */
  readonly kept: boolean
}

/**
 * Keeps a revocation list that a known authority signed. An older list never replaces a newer one.
 *
 * @param bytes DER or PEM
 * @throws HubError `REQUEST_INVALID`: not a list, or signed by nobody the hub knows
 */
export async function importCrl(sql: Sql, trust: Trust, bytes: Buffer): Promise<ImportedCrl> {
  const crl = parsed(bytes)
  if (!authoritiesOf(trust).some(authority => signs(authority, crl))) {
    throw new HubError('REQUEST_INVALID', `no known authority signed the list of ${crl.issuer.text}`)
  }
  return { crl, kept: await putCrl(sql, storedCrl(crl)) }
}

/** The row of a list. */
export function storedCrl(crl: Crl): NewCrl {
  return {
    sha256: crl.sha256,
    issuerKey: issuerKey(crl),
    scope: scopeOf(crl),
    delta: crl.scope.delta,
    issuer: crl.issuer.text,
    der: crl.der,
    ...(crl.number !== undefined && { number: crl.number }),
    thisUpdate: crl.thisUpdate,
    ...(crl.nextUpdate && { nextUpdate: crl.nextUpdate }),
  }
}

/** Lists of one issuer that speak of the same certificates replace each other; others stand beside them. */
function scopeOf({ scope: { text } }: Crl): string {
  // Hashed, since an index takes no text of any length.
  return text === '' ? '' : createHash('sha256').update(text).digest('hex')
}

function parsed(bytes: Buffer): Crl {
  try {
    return parseCrl(bytes)
  } catch (error) {
    if (!(error instanceof DerError)) throw error
    throw new HubError('REQUEST_INVALID', `not a certificate revocation list: ${error.message}`, { cause: error })
  }
}

/** Whoever may issue: anchors of every purpose, and intermediates. */
export function authoritiesOf({ anchors, intermediates }: Trust): Certificate[] {
  return [...anchors.map(({ certificate }) => certificate), ...intermediates]
}

function signs(authority: Certificate, crl: Crl): boolean {
  return authority.subject.key === crl.issuer.key && signatureFault(crl.signature, authority) === undefined
}
