import { HubError } from '@docaxis/errors'
import { parseCertificate } from '@docaxis/pki'
import {
  type AnchorPurpose,
  askForTrust,
  type Database,
  decideTrustRequest,
  listAnchors,
  listDemoAnchors,
  type NewAnchor,
  putAnchor,
  recordAudit,
  retireAnchor,
  type TrustRequest,
  type Tx,
} from '@docaxis/store'
import type { HubConfig } from '../config.ts'
import { readAnchorFiles } from './anchor-files.ts'
import { isDemoAuthority } from './demo-authority.ts'
import { readNameLimit } from './name-limit.ts'
import { readCertificate, requireAuthority } from './read-certificate.ts'

/** What anchors are judged and kept by. */
export interface AnchorDeps {
  readonly database: Database
  readonly settings: Partial<Pick<HubConfig, 'anchorsDir' | 'anchorOperators' | 'demo'>>
  readonly now: () => Date
}

/** An anchor as an operator asks for it. Kept as it is while it waits for a second one. */
export interface AnchorWish {
  /** PEM, or DER in Base64. */
  readonly certificate: string
  readonly purposes: readonly AnchorPurpose[]
  readonly validFrom?: string
  readonly validTo?: string
  readonly permittedNames?: readonly string[]
  readonly excludedNames?: readonly string[]
}

export interface AnchorListing extends Omit<NewAnchor, 'der'> {
  /** Configured ones are files, the demo's come and go with it: neither can be retired here. */
  readonly source: 'import' | 'configuration' | 'demo'
}

/** Done now, or waiting for a second operator. */
export type AnchorOutcome =
  | { readonly done: true; readonly sha256: string }
  | { readonly done: false; readonly request: TrustRequest }

export async function listAllAnchors({ database, settings }: AnchorDeps): Promise<AnchorListing[]> {
  const [imported, configured, demo] = await Promise.all([
    listAnchors(database),
    readAnchorFiles(settings.anchorsDir),
    listDemoAnchors(database),
  ])
  const own = { permittedNames: [], excludedNames: [] }
  return [
    ...imported.map(({ der: _, addedBy: _by, addedAt: _at, ...anchor }) => ({ ...anchor, source: 'import' as const })),
    ...configured.map(({ certificate, purposes }) => ({
      ...own,
      ...summaryOf(certificate),
      purposes,
      source: 'configuration' as const,
    })),
    ...demo.map(({ der }) => ({
      ...own,
      ...summaryOf(parseCertificate(der)),
      purposes: ['seal', 'official', 'tls', 'tsa', 'ocsp'] as const,
      source: 'demo' as const,
    })),
  ]
}

/**
 * Trusts an anchor, or asks a second operator where two are needed.
 *
 * @throws HubError `REQUEST_INVALID`: no authority, ended, a demo's, or a name limit that cannot be read
 */
export async function addAnchor(deps: AnchorDeps, tx: Tx, wish: AnchorWish, askedBy: string): Promise<AnchorOutcome> {
  const anchor = anchorOf(wish, deps)
  const { sha256 } = anchor
  if (deps.settings.anchorOperators === 'two') {
    const request = await askForTrust(tx, { action: 'anchor.add', object: sha256, details: { ...wish }, askedBy })
    return { done: false, request }
  }
  await putAnchor(tx, anchor, askedBy)
  return { done: true, sha256 }
}

/** @throws HubError `NOT_FOUND`: no imported anchor has this digest */
export async function dropAnchor(deps: AnchorDeps, tx: Tx, sha256: string, askedBy: string): Promise<AnchorOutcome> {
  const known = (await listAnchors(tx)).some(anchor => anchor.sha256 === sha256)
  if (!known) throw new HubError('NOT_FOUND', 'no imported anchor has this digest')
  if (deps.settings.anchorOperators === 'two') {
    const request = await askForTrust(tx, { action: 'anchor.retire', object: sha256, details: {}, askedBy })
    return { done: false, request }
  }
  await retireAnchor(tx, sha256)
  return { done: true, sha256 }
}

/**
 * Confirms what another operator asked for, and does it.
 *
 * @param by the second operator: a system's id, or a person as the audit log names them
 */
export async function confirmRequest(
  deps: AnchorDeps,
  tx: Tx,
  id: string,
  by: { readonly decidedBy: string; readonly actor: string },
): Promise<TrustRequest> {
  const { decidedBy, actor } = by
  const request = await decideTrustRequest(tx, id, { decision: 'confirmed', decidedBy })
  switch (request.action) {
    case 'anchor.add':
      await putAnchor(tx, anchorOf(request.details as unknown as AnchorWish, deps), request.askedBy)
      break
    case 'anchor.retire':
      await retireAnchor(tx, request.object)
      break
  }
  const details = { request: id, askedBy: request.askedBy }
  await recordAudit(tx, {
    actor,
    action: request.action,
    object: request.object,
    outcome: 'done',
    details,
  })
  return request
}

function anchorOf(wish: AnchorWish, { settings, now }: AnchorDeps): NewAnchor {
  const certificate = readCertificate(wish.certificate)
  requireAuthority(certificate, now())
  if (settings.demo !== true && isDemoAuthority(certificate)) {
    throw new HubError('REQUEST_INVALID', 'this is the authority of a demo, whose key lies open')
  }
  const { permittedNames = [], excludedNames = [], purposes, validFrom, validTo } = wish
  for (const limit of [...permittedNames, ...excludedNames]) requireNameLimit(limit)
  return {
    ...summaryOf(certificate),
    der: certificate.der,
    purposes: [...new Set(purposes)],
    ...(validFrom !== undefined && { validFrom: new Date(validFrom) }),
    ...(validTo !== undefined && { validTo: new Date(validTo) }),
    permittedNames,
    excludedNames,
  }
}

function requireNameLimit(text: string): void {
  try {
    readNameLimit(text)
  } catch (error) {
    if (!(error instanceof TypeError)) throw error
    throw new HubError('REQUEST_INVALID', error.message, { cause: error })
  }
}

function summaryOf({ sha256, subject, notAfter }: ReturnType<typeof readCertificate>) {
  return { sha256, subject: subject.text, notAfter }
}
