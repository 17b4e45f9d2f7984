import { createHash } from 'node:crypto'
import { type TestDatabase, testDatabase } from '@docaxis/testkit'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import {
  addMandate,
  bindCertificate,
  findBindings,
  findCertificateHolders,
  listCertificates,
  type NewCertificate,
  unbindCertificate,
} from '../../src/index.ts'
import { agency, clearDirectory, putAgencies } from '../directory-fixtures.ts'

let database: TestDatabase

beforeAll(async () => {
  database = await testDatabase()
})
afterAll(() => database.close())
beforeEach(async () => {
  await clearDirectory(database)
  await putAgencies(database, [agency('H53'), agency('H53.1'), agency('H17')])
})

/** What packages/pki would read; the store looks at none of it. */
function certificate(name: string): NewCertificate {
  const der = Buffer.from(name)
  return {
    sha256: createHash('sha256').update(der).digest('hex'),
    der,
    subject: `CN=${name}`,
    issuer: 'CN=CA',
    serial: '0a',
    notBefore: new Date('2026-01-01T00:00:00Z'),
    notAfter: new Date('2028-01-01T00:00:00Z'),
  }
}

const seal = certificate('seal')

describe('a binding', () => {
  it('tells who holds a certificate', async () => {
    await bindCertificate(database, 'H53', seal)

    const { der: _, ...fields } = seal
    expect(await findBindings(database, seal.sha256)).toEqual([
      { ...fields, agencyCode: 'H53', kind: 'seal', boundAt: expect.any(Date) },
    ])
  })

  it('may be made twice', async () => {
    await bindCertificate(database, 'H53', seal)
    await bindCertificate(database, 'H53', seal)

    expect(await listCertificates(database, 'H53')).toHaveLength(1)
  })

  it('stands beside others of the same agency', async () => {
    await bindCertificate(database, 'H53', seal)
    await bindCertificate(database, 'H53', certificate('next'))

    expect((await listCertificates(database, 'H53')).map(each => each.subject)).toEqual(['CN=seal', 'CN=next'])
  })

  it('is refused while another agency holds the certificate', async () => {
    await bindCertificate(database, 'H53', seal)

    await expect(bindCertificate(database, 'H17', seal)).rejects.toMatchObject({ code: 'STATE_CONFLICT' })
  })

  it('is refused for an agency that is not there', async () => {
    await expect(bindCertificate(database, 'H99', seal)).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })

  it('ends, stays on record, and leaves the certificate to another agency', async () => {
    await bindCertificate(database, 'H53', seal)

    expect(await unbindCertificate(database, seal.sha256)).toBe(true)
    expect(await unbindCertificate(database, seal.sha256)).toBe(false)
    await bindCertificate(database, 'H17', seal)

    expect(await listCertificates(database, 'H53')).toMatchObject([{ unboundAt: expect.any(Date) }])
    expect(await findBindings(database, seal.sha256)).toMatchObject([{ agencyCode: 'H17' }])
  })
})

describe('the holder of a certificate', () => {
  async function holderOf(certificateSha256: string, senderCode: string) {
    const [holder] = await findCertificateHolders(database, [{ certificateSha256, senderCode }])
    return holder
  }

  it('needs no mandate for itself', async () => {
    await bindCertificate(database, 'H53', seal)

    expect(await holderOf(seal.sha256, 'H53')).toEqual({ holderCode: 'H53', standing: {}, mandates: [] })
  })

  it('comes with the mandates that the sender gave it, and no others', async () => {
    await bindCertificate(database, 'H53', seal)
    const validFrom = new Date('2026-01-01T00:00:00Z')
    const given = await addMandate(database, { principal: 'H53.1', holder: 'H53', kind: 'transport', validFrom })
    await addMandate(database, { principal: 'H17', holder: 'H53', kind: 'seal', validFrom })
    await addMandate(database, { principal: 'H53.1', holder: 'H17', kind: 'seal', validFrom })

    expect(await holderOf(seal.sha256, 'H53.1')).toEqual({
      holderCode: 'H53',
      standing: {},
      mandates: [{ id: given.id, kind: 'transport', validFrom }],
    })
  })

  it.each([
    { why: 'nobody holds it', prepare: async () => undefined },
    {
      why: 'its binding has ended',
      prepare: async () => {
        await bindCertificate(database, 'H53', seal)
        await unbindCertificate(database, seal.sha256)
      },
    },
    {
      why: 'its agency was removed',
      prepare: async () => {
        await bindCertificate(database, 'H53', seal)
        await putAgencies(database, [agency('H17')], 'replace')
      },
    },
  ])('is unknown when $why', async ({ prepare }) => {
    await prepare()

    expect(await holderOf(seal.sha256, 'H53')).toBeUndefined()
  })
})
