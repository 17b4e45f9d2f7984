import { bindCertificate, listCertificates, listMandates } from '@docaxis/store'
import { daysFromNoon, type TestAuthority, testAuthority } from '@docaxis/testkit'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type PersonWish, signedIn, type TestConsole, testConsole } from './support/test-console.ts'

let hub: TestConsole
let authority: TestAuthority

beforeAll(async () => {
  hub = await testConsole()
  authority = await testAuthority({ name: 'Seals CA' })
})
afterAll(() => hub?.close())
beforeEach(() => hub.database.query('truncate agency_certificate, mandate cascade'))

const manager: PersonWish = { role: 'trust', scope: { subtrees: ['H99'] } }

describe('a certificate', () => {
  it('is added, shown with the days that are left, and withdrawn', async () => {
    const person = await signedIn(hub, manager)
    const { certificate } = await authority.seal('H99', { keyType: 'ec', notAfter: daysFromNoon(20) })

    const added = await person.post('/agencies/H99/certificates', { certificate: base64(certificate.der) })

    expect(added.statusCode).toBe(201)
    const path = `/agencies/H99/certificates/${certificate.sha256}`
    expect(await shown(person)).toMatchObject([{ sha256: certificate.sha256, kind: 'seal', days: 20, unboundAt: null }])
    expect((await person.call('DELETE', path)).statusCode).toBe(204)
    expect(await shown(person)).toMatchObject([{ unboundAt: expect.any(String) }])
    expect(await actions()).toEqual(['certificate.bind', 'certificate.unbind'])
  })

  it('of an official names the person', async () => {
    const person = await signedIn(hub, manager)
    const { certificate } = await authority.seal('H99', { keyType: 'ec' })
    const official = { person: 'Phạm Văn Mây', position: 'Phó Chủ tịch' }

    await person.post('/agencies/H99/certificates', { certificate: base64(certificate.der), official })

    expect(await shown(person)).toMatchObject([{ kind: 'official', ...official }])
  })

  it('takes the place of the one before after an overlap', async () => {
    const person = await signedIn(hub, manager)
    const [old, young] = [
      await authority.seal('H99', { keyType: 'ec' }),
      await authority.seal('H99', { keyType: 'ec' }),
    ]
    await person.post('/agencies/H99/certificates', { certificate: base64(old.certificate.der) })

    const wish = { certificate: base64(young.certificate.der), othersEndInDays: 7 }
    await person.post('/agencies/H99/certificates', wish)

    const [first, second] = await listCertificates(hub.database, 'H99')
    expect(first).toMatchObject({ sha256: old.certificate.sha256, endsAt: expect.any(Date) })
    expect(second).not.toHaveProperty('endsAt')
  })

  it('that another agency holds is neither added nor withdrawn here', async () => {
    const person = await signedIn(hub, manager)
    const { certificate } = await authority.seal('H99.05', { keyType: 'ec' })
    const { subject, issuer, sha256 } = certificate
    await bindCertificate(hub.database, 'H99.05', { ...certificate, subject: subject.text, issuer: issuer.text })

    const added = await person.post('/agencies/H99/certificates', { certificate: base64(certificate.der) })
    const withdrawn = await person.call('DELETE', `/agencies/H99/certificates/${sha256}`)

    expect([added.statusCode, withdrawn.statusCode]).toEqual([409, 404])
  })

  it('is none of the text that is given for it', async () => {
    const person = await signedIn(hub, manager)

    expect((await person.post('/agencies/H99/certificates', { certificate: 'xin chào' })).statusCode).toBe(400)
  })
})

describe('a mandate', () => {
  const wish = { holder: 'G99', kind: 'seal', from: '2026-01-01', to: '2026-12-31' }

  it('is given by the agency that is sealed for, to the end of its last day', async () => {
    const person = await signedIn(hub, manager)

    const answer = await person.post('/agencies/H99/mandates', wish)

    expect(answer.statusCode).toBe(201)
    expect(await listMandates(hub.database)).toMatchObject([
      { principal: 'H99', holder: 'G99', validTo: new Date('2027-01-01T00:00:00+07:00') },
    ])
    const { items } = (await person.get('/agencies/H99/mandates')).json()
    expect(items).toMatchObject([{ holder: { code: 'G99', name: 'Agency G99' }, kind: 'seal' }])
  })

  it('is ended by that agency, and not by the one that holds it', async () => {
    const person = await signedIn(hub, { role: 'trust', scope: { subtrees: ['H99', 'G99'] } })
    const { id } = (await person.post('/agencies/H99/mandates', wish)).json()

    const ofHolder = await person.call('DELETE', `/agencies/G99/mandates/${id}`)
    const ofPrincipal = await person.call('DELETE', `/agencies/H99/mandates/${id}`)

    expect([ofHolder.statusCode, ofPrincipal.statusCode]).toEqual([404, 204])
  })

  it.each([
    { what: 'to itself', change: { holder: 'H99' }, status: 400 },
    { what: 'to nobody', change: { holder: 'X' }, status: 404 },
    { what: 'that ends before it begins', change: { to: '2025-12-30' }, status: 400 },
    { what: 'from a day that does not exist', change: { from: '2026-13-01' }, status: 400 },
  ])('is not given $what', async ({ change, status }) => {
    const person = await signedIn(hub, manager)

    const answer = await person.post('/agencies/H99/mandates', { ...wish, ...change })

    expect(answer.statusCode).toBe(status)
    expect(await listMandates(hub.database)).toEqual([])
  })
})

const base64 = (der: Uint8Array): string => Buffer.from(der).toString('base64')

async function shown(person: Awaited<ReturnType<typeof signedIn>>) {
  return (await person.get('/agencies/H99/certificates')).json().items
}

async function actions(): Promise<string[]> {
  const { rows } = await hub.database.query<{ action: string }>(
    "select action from audit_log where action like 'certificate.%' order by seq, batch, place",
  )
  return rows.map(({ action }) => action)
}
