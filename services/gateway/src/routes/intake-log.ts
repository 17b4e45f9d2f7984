import { HubError } from '@docaxis/errors'
import type { SealVerdict } from '@docaxis/signature'
import type { FastifyRequest } from 'fastify'
import type { Accepted } from '../intake/accept-document.ts'
import type { GatewayMetrics } from '../metrics.ts'

/** Counts the outcome of a submission and puts its ids and codes, never content, on the request's log line. */
export async function observed(
  request: FastifyRequest,
  metrics: GatewayMetrics,
  work: () => Promise<Accepted>,
): Promise<Accepted> {
  try {
    const accepted = await work()
    tellAccepted(request, metrics, accepted)
    return accepted
  } catch (error) {
    tellRefused(request, metrics, error)
    throw error
  }
}

function tellAccepted(request: FastifyRequest, metrics: GatewayMetrics, { acceptance, repeated }: Accepted): void {
  const { id, kind, sha256, sizeBytes } = acceptance
  const seal = acceptance.verdict as SealVerdict
  Object.assign(request.logged, { documentId: id, kind, sha256, sizeBytes, seal: seal.code, repeated })
  if (repeated) {
    metrics.repeated.inc()
    return
  }
  metrics.accepted.inc({ kind, verdict: seal.verdict })
  metrics.receivedBytes.inc(sizeBytes)
  // A broken signature that policy lets through is an alarm (edXML 10.3).
  if (seal.state === 'invalid') request.log.warn({ documentId: id, seal: seal.code }, 'accepted with an invalid seal')
}

function tellRefused(request: FastifyRequest, metrics: GatewayMetrics, error: unknown): void {
  const code = error instanceof HubError ? error.code : 'INTERNAL'
  metrics.refused.inc({ code })
  if (!(error instanceof HubError)) return
  request.logged.findings = error.findings.map(finding => finding.code)
  if (code === 'STATE_SECRET') request.log.error({ code }, 'a packet marked as a state secret was refused and erased')
}
