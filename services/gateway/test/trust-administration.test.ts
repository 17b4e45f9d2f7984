import { daysFromNoon, type TestAuthority, testAuthority } from '@docaxis/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type TestGateway, testGateway } from './harness.ts'

let hub: TestGateway

beforeAll(async () => {
  hub = await testGateway()
})
afterAll(() => hub?.close())

const base = '/api/v1/admin'

function call(method: 'PUT' | 'DELETE' | 'POST' | 'GET', path: string, payload?: object, system = 'operator') {
  return hub.app.inject({
    method,
    url: `${base}${path}`,
    headers: hub.as(system),
    ...(payload && { payload }),
  })
}

/** What the hub says of a certificate to whoever asks. */
async function verdictOn(der: Buffer | undefined): Promise<string> {
  const answer = await hub.app.inject({
    method: 'POST',
    url: '/api/v1/verify/certificate?purpose=seal',
    headers: { ...hub.as('g99'), 'content-type': 'application/pkix-cert' },
    payload: der ?? '',
  })
  return answer.json().code
}

const wish = ({ certificate }: Pick<TestAuthority, 'certificate'>, purposes: readonly string[] = ['seal']) => ({
  certificate: certificate.der.toString('base64'),
  purposes,
})

describe('a trust anchor', () => {
  it('proves seals from its import on, for its purpose alone', async () => {
    const authority = await testAuthority({ name: 'Imported CA' })
    const seal = await authority.seal('H99.06', { keyType: 'ec' })
    await call('POST', '/certificates', { agency: 'H99.06', certificate: seal.certificate.der.toString('base64') })
    const verdict = () => verdictOn(seal.certificate.der)

    const before = await verdict()
    await call('POST', '/trust/anchors', wish(authority, ['tsa']))
    const forStamps = await verdict()
    await call('POST', '/trust/anchors', wish(authority))
    const forSeals = await verdict()

    // Known, and now its list is missing.
    expect([before, forStamps, forSeals]).toEqual(['PATH_NOT_FOUND', 'PATH_NOT_FOUND', 'REVOCATION_UNAVAILABLE'])
  })

  it('is listed with where it comes from', async () => {
    const { items } = (await call('GET', '/trust/anchors')).json()

    expect(items).toContainEqual(expect.objectContaining({ sha256: hub.authority.certificate.sha256, source: 'demo' }))
  })

  it.each([
    { what: 'no authority', make: async () => (await testAuthority()).seal('G99') },
    { what: 'ended', make: () => testAuthority({ name: 'Old', notAfter: daysFromNoon(-1) }) },
    { what: 'a demo’s', make: () => testAuthority({ name: 'docaxis demo authority' }) },
  ])('is refused when it is $what', async ({ make }) => {
    const answer = await call('POST', '/trust/anchors', wish(await make()))

    expect([answer.statusCode, answer.json().code]).toEqual([400, 'REQUEST_INVALID'])
  })

  it('is refused with a name limit that nobody understands', async () => {
    const authority = await testAuthority({ name: 'Limited CA' })

    const answer = await call('POST', '/trust/anchors', { ...wish(authority), permittedNames: ['gov.vn'] })

    expect(answer.json().code).toBe('REQUEST_INVALID')
  })

  it('is trusted no longer once it is retired', async () => {
    const authority = await testAuthority({ name: 'Retired CA' })
    const limits = { permittedNames: ['dn:C=VN', 'dns:gov.vn'], validTo: daysFromNoon(30).toISOString() }
    await call('POST', '/trust/anchors', { ...wish(authority), ...limits })
    const { sha256 } = authority.certificate
    const held = async () =>
      (await call('GET', '/trust/anchors'))
        .json()
        .items.filter((anchor: { sha256: string }) => anchor.sha256 === sha256)

    const before = await held()
    await call('DELETE', `/trust/anchors/${sha256}`)

    expect(before).toMatchObject([{ source: 'import', ...limits }])
    expect(await held()).toEqual([])
    expect((await call('DELETE', `/trust/anchors/${sha256}`)).statusCode).toBe(404)
  })
})

describe('where two operators are needed', () => {
  let strict: TestGateway
  let authority: TestAuthority
  const ask = (method: 'POST' | 'DELETE' | 'GET', path: string, system: string, payload?: object) =>
    strict.app.inject({ method, url: `${base}${path}`, headers: strict.as(system), ...(payload && { payload }) })
  const imported = async () =>
    (await ask('GET', '/trust/anchors', 'operator'))
      .json()
      .items.filter((one: { source: string }) => one.source === 'import')

  beforeAll(async () => {
    strict = await testGateway({ env: { DOCAXIS_ANCHOR_OPERATORS: 'two' } })
    await strict.addSystem({ id: 'second', roles: ['operator'] })
    authority = await testAuthority({ name: 'Asked CA' })
  })
  afterAll(() => strict?.close())

  it('waits for the second, whom the first cannot be', async () => {
    const asked = await ask('POST', '/trust/anchors', 'operator', wish(authority))
    const { id } = asked.json().request
    const byItself = await ask('POST', `/trust/requests/${id}/confirm`, 'operator')
    const waiting = await imported()
    const bySecond = await ask('POST', `/trust/requests/${id}/confirm`, 'second')

    expect([asked.statusCode, byItself.statusCode, bySecond.statusCode]).toEqual([202, 403, 200])
    expect(waiting).toEqual([])
    expect(await imported()).toHaveLength(1)
    expect((await ask('POST', `/trust/requests/${id}/confirm`, 'second')).json().code).toBe('STATE_CONFLICT')
  })

  it('retires in the same way, and leaves what is rejected', async () => {
    const { sha256 } = authority.certificate
    const { id } = (await ask('DELETE', `/trust/anchors/${sha256}`, 'second')).json().request
    await ask('POST', `/trust/requests/${id}/reject`, 'operator')
    const afterRejection = await imported()
    const again = (await ask('DELETE', `/trust/anchors/${sha256}`, 'second')).json().request.id
    await ask('POST', `/trust/requests/${again}/confirm`, 'operator')

    expect(afterRejection).toHaveLength(1)
    expect(await imported()).toEqual([])
  })

  it('writes down both', async () => {
    const { rows } = await strict.database.query(
      "select actor, action from audit_log where action like 'anchor.%' or action like 'trust-request.%' order by seq, batch, place",
    )

    expect(rows).toEqual([
      { actor: 'system:operator', action: 'anchor.add.ask' },
      { actor: 'system:second', action: 'anchor.add' },
      { actor: 'system:second', action: 'trust-request.confirm' },
      { actor: 'system:second', action: 'anchor.retire.ask' },
      { actor: 'system:operator', action: 'trust-request.reject' },
      { actor: 'system:second', action: 'anchor.retire.ask' },
      { actor: 'system:operator', action: 'anchor.retire' },
      { actor: 'system:operator', action: 'trust-request.confirm' },
    ])
  })
})

describe('a certificate of the register', () => {
  const sealOf = (code: string) => hub.seals[code]?.certificate.sha256 ?? ''
  /** Accepted, or why not. */
  const send = async () => {
    const answer = await hub.post(hub.sealed({ sender: 'G98', receivers: ['H99.05'] }), 'g98')
    if (answer.statusCode === 202) return 'accepted'
    const { rows } = await hub.database.query('select verdict from refusal order by refused_at desc limit 1')
    return rows[0].verdict
  }

  it('is refused while it is suspended, and taken again after', async () => {
    const path = `/certificates/${sealOf('G98')}`
    await call('POST', `${path}/suspend`, { reason: 'the token is lost' })
    const suspended = await send()
    const verified = await verdictOn(hub.seals.G98?.certificate.der)
    await call('POST', `${path}/resume`)

    expect(suspended).toMatchObject({ code: 'CERTIFICATE_REVOKED', rule: 'V45' })
    expect(suspended.detail).toContain('the token is lost')
    expect(verified).toBe('CERTIFICATE_REVOKED')
    expect(await send()).toBe('accepted')
  })

  it('is refused from the instant the hub revoked it, and not before', async () => {
    const path = `/certificates/${sealOf('G98')}/revoke`
    await call('POST', path, { reason: 'superseded', from: daysFromNoon(1).toISOString() })
    const before = await send()
    await call('POST', path, { reason: 'superseded', from: daysFromNoon(0).toISOString() })

    expect(before).toBe('accepted')
    expect(await send()).toMatchObject({ code: 'CERTIFICATE_REVOKED', rule: 'V46' })
  })

  it('stands beside its successor until the day of rotation', async () => {
    const next = await hub.authority.seal('H99', { keyType: 'ec' })
    const othersEndAt = '2999-01-01T00:00:00.000Z'
    const body = { agency: 'H99', certificate: next.certificate.der.toString('base64'), othersEndAt }

    const bound = await call('POST', '/certificates', body)

    expect(bound.json().ending).toEqual([sealOf('H99')])
    const { items } = (await call('GET', '/certificates?agency=H99')).json()
    expect(items.map((one: { endsAt: string | null }) => one.endsAt)).toEqual([othersEndAt, null])
    expect((await hub.post(hub.sealed({ sender: 'H99', receivers: ['H99.05'] }), 'h99')).statusCode).toBe(202)
    await hub.database.query('update agency_certificate set ends_at = now() where ends_at is not null')
    const late = await hub.post(hub.sealed({ sender: 'H99', receivers: ['H99.05'] }), 'h99')
    expect(late.json().errors.at(-1).code).toBe('SIGNER_NOT_SENDER')
  })

  it('of an official names a person, and seals nothing', async () => {
    const official = await hub.authority.seal('H99.05', { keyType: 'ec' })
    const person = { person: 'Nguyễn Văn A', position: 'Chủ tịch' }
    const certificate = official.certificate.der.toString('base64')
    await call('POST', '/certificates', { agency: 'H99.05', certificate, official: person })

    const { items } = (await call('GET', '/certificates?agency=H99.05')).json()

    expect(items.at(-1)).toMatchObject({ kind: 'official', ...person })
  })
})

it('lists what ends soon, soonest first', async () => {
  const soon = await hub.authority.seal('H99.06', { keyType: 'ec', notAfter: daysFromNoon(5) })
  await call('POST', '/certificates', { agency: 'H99.06', certificate: soon.certificate.der.toString('base64') })

  const { items } = (await call('GET', '/certificates?expiringWithinDays=30')).json()

  expect(items).toEqual([expect.objectContaining({ sha256: soon.certificate.sha256, kind: 'seal', agency: 'H99.06' })])
})

it('tells whose traffic stops without an authority, and for whom it seals', async () => {
  const root = await testAuthority({ name: 'Root' })
  const below = await root.issueAuthority({
    name: 'Below',
    notBefore: daysFromNoon(-10),
    notAfter: daysFromNoon(900),
    keyType: 'ec',
  })
  const times = { notBefore: daysFromNoon(-1), notAfter: daysFromNoon(300), keyUsage: ['digitalSignature'] as const }
  const seal = await below.issueIdentity({ subject: { commonName: 'Seal' }, keyType: 'ec', ...times })
  await call('POST', '/trust/anchors', wish(root))
  await call('POST', '/trust/authorities', { certificate: below.certificate.der.toString('base64') })
  await call('POST', '/certificates', { agency: 'H99.07', certificate: seal.certificate.der.toString('base64') })
  const mandate = { principal: 'H99.32', holder: 'H99.07', kind: 'seal', validFrom: daysFromNoon(-1).toISOString() }
  await call('POST', '/mandates', mandate)

  const expected = { code: 'H99.07', stops: true, sealsFor: ['H99.32'], certificates: [seal.certificate.sha256] }
  for (const { certificate } of [below, root]) {
    const answer = (await call('GET', `/trust/what-if?ca=${certificate.sha256}`)).json()
    expect(answer).toMatchObject({ authority: { subject: certificate.subject.text }, agencies: [expected] })
  }
  const other = (await call('GET', `/trust/what-if?ca=${hub.authority.certificate.sha256}`)).json()
  expect(other.agencies.map(({ code }: { code: string }) => code)).not.toContain('H99.07')
})

it('keeps an authority’s policy and sources, and asks again when told', async () => {
  const authority = await testAuthority({ name: 'Policy CA' })
  const { sha256 } = authority.certificate
  const path = `/trust/authorities/${sha256}`
  await call('POST', '/trust/authorities', { certificate: authority.certificate.der.toString('base64') })

  await call('PUT', path, { revocation: 'crl', maxCrlAgeHours: 12 })
  await call('POST', `${path}/sources`, { kind: 'crl', url: 'http://mirror.internal/ca.crl' })
  await hub.database.query("update revocation_source set due_at = now() + interval '1 day'")
  const refreshed = await call('POST', `${path}/refresh`)

  const find = (answer: { json(): { items: { sha256: string }[] } }) =>
    answer.json().items.find(one => one.sha256 === sha256)
  expect(refreshed.statusCode).toBe(202)
  expect(find(await call('GET', '/trust/authorities'))).toMatchObject({
    intermediate: true,
    revocation: 'crl',
    maxCrlAgeHours: 12,
    sources: [{ kind: 'crl', url: 'http://mirror.internal/ca.crl', givenBy: 'operator', failures: 0 }],
  })
  await call('DELETE', path)
  expect(find(await call('GET', '/trust/authorities'))).toBeUndefined()
})
