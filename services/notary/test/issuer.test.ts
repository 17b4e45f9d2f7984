import { type TestAuthority, testAuthority } from '@docaxis/testkit'
import { beforeAll, expect, it } from 'vitest'
import { issuerOf } from '../src/issuer.ts'

let authority: TestAuthority
const hubCertificate = async () => {
  const { certificate } = await authority.seal('G99', { keyType: 'ec', subject: { commonName: 'Trục thử nghiệm' } })
  return certificate
}

beforeAll(async () => {
  authority = await testAuthority()
})

it.each([
  { demo: true, environment: undefined, stands: 'demo' },
  { demo: true, environment: 'production', stands: 'demo' },
  { demo: false, environment: 'production', stands: 'production' },
  { demo: undefined, environment: 'test', stands: 'test' },
] as const)('writes $stands on receipts for demo $demo, environment $environment', async ({ stands, ...config }) => {
  expect(issuerOf(config, await hubCertificate())).toEqual({ hub: 'Trục thử nghiệm', environment: stands })
})

it('refuses to issue receipts that do not say from which environment they are', async () => {
  const certificate = await hubCertificate()

  expect(() => issuerOf({ demo: false, environment: undefined }, certificate)).toThrow('DOCAXIS_ENVIRONMENT')
})
