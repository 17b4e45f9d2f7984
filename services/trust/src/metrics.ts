import { Counter, Gauge, type Registry } from 'prom-client'
import type { TrustStock } from './take-stock.ts'

export interface TrustMetrics {
  readonly failures: Counter<'kind'>
  readonly revoked: Counter<'source'>
  show(stock: TrustStock): void
}

export function trustMetrics(registry: Registry): TrustMetrics {
  const registers = [registry]
  const failures = new Counter({
    name: 'docaxis_trust_failures_total',
    help: 'Lists and OCSP answers that were asked for in vain',
    labelNames: ['kind'],
    registers,
  })
  const revoked = new Counter({
    name: 'docaxis_trust_revoked_total',
    help: 'Certificates of the register found revoked, by who said so',
    labelNames: ['source'],
    registers,
  })
  const age = new Gauge({
    name: 'docaxis_trust_crl_age_seconds',
    help: 'Age of the newest revocation list, by issuer',
    labelNames: ['issuer'],
    registers,
  })
  const left = new Gauge({
    name: 'docaxis_trust_crl_left_seconds',
    help: 'Time until the newest revocation list runs out, by issuer; below 0: seals of this issuer are not proved',
    labelNames: ['issuer'],
    registers,
  })
  const missing = new Gauge({
    name: 'docaxis_trust_ocsp_missing',
    help: 'Certificates without an OCSP answer in force, by authority',
    labelNames: ['authority'],
    registers,
  })
  const expiring = new Gauge({
    name: 'docaxis_trust_certificates_expiring',
    help: 'Certificates that end within so many days',
    labelNames: ['days'],
    registers,
  })
  return {
    failures,
    revoked,
    show(stock) {
      for (const gauge of [age, left, missing]) gauge.reset()
      for (const list of stock.lists) {
        age.set({ issuer: list.issuer }, list.ageSeconds)
        if (list.leftSeconds !== null) left.set({ issuer: list.issuer }, list.leftSeconds)
      }
      for (const { authority, count } of stock.ocspMissing) missing.set({ authority }, count)
      for (const { days, count } of stock.expiring) expiring.set({ days }, count)
    },
  }
}
