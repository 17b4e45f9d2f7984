import { HubError } from '@docaxis/errors'
import { type Certificate, type Crl, DerError, issuerKey, parseCrl, signatureFault, type Trust } from '@docaxis/pki'
import { putCrl, type Sql } from '@docaxis/store'

export interface ImportedCrl {
  readonly crl: Crl
  /** False: a newer list of this issuer is held. */
  readonly kept: boolean
}

/**
 * Keeps a revocation list that a known authority signed. An older list never replaces a newer one.
 *
 * @param bytes DER or PEM
 * @throws HubError `REQUEST_INVALID`: not a list, an indirect or delta list, or signed by nobody the hub knows
 */
export async function importCrl(sql: Sql, trust: Trust, bytes: Buffer): Promise<ImportedCrl> {
  const crl = readCrl(bytes)
  if (!signer(crl, trust)) {
    throw new HubError('REQUEST_INVALID', `no known authority signed the list of ${crl.issuer.text}`)
  }
  const kept = await putCrl(sql, {
    sha256: crl.sha256,
    issuerKey: issuerKey(crl),
    issuer: crl.issuer.text,
    der: crl.der,
    ...(crl.number !== undefined && { number: crl.number }),
    thisUpdate: crl.thisUpdate,
    ...(crl.nextUpdate && { nextUpdate: crl.nextUpdate }),
  })
  return { crl, kept }
}

function readCrl(bytes: Buffer): Crl {
  const crl = parsed(bytes)
  // They speak for others or need a base list: the hub would read them wrongly (V40).
  if (crl.scope.indirect || crl.scope.delta) {
    throw new HubError('REQUEST_INVALID', 'indirect and delta lists are not taken')
  }
  return crl
}

function parsed(bytes: Buffer): Crl {
  try {
    return parseCrl(bytes)
  } catch (error) {
    if (!(error instanceof DerError)) throw error
    throw new HubError('REQUEST_INVALID', `not a certificate revocation list: ${error.message}`, { cause: error })
  }
}

function signer(crl: Crl, trust: Trust): Certificate | undefined {
  return [...trust.anchors.map(({ certificate }) => certificate), ...trust.intermediates].find(
    authority => authority.subject.key === crl.issuer.key && signatureFault(crl.signature, authority) === undefined,
  )
}
