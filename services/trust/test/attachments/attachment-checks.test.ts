import { createHash } from 'node:crypto'
import type { DocumentFinder, PdfCheck, PdfChecker } from '@docaxis/attachments'
import { createService as createDelivery } from '@docaxis/delivery'
import { HubError, type VerificationCode, verificationCodes } from '@docaxis/errors'
import { createService as createRouter } from '@docaxis/router'
import { createTrustSource, type Periodic, readConfig, type Service } from '@docaxis/service'
import {
  checksOfDocument,
  claimChecks,
  findDelivery,
  findDocument,
  type NewAttachmentCheck,
  resendUnreleased,
  settleCheck,
} from '@docaxis/store'
import {
  acceptDocument,
  type DocumentWish,
  noon,
  type TestBlobs,
  type TestDatabase,
  type TestServiceDeps,
  testBlobs,
  testDatabase,
  testServiceDeps,
} from '@docaxis/testkit'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { attachmentChecker } from '../../src/attachments/attachment-checker.ts'
import type { AttachmentMetrics } from '../../src/attachments/metrics.ts'
import { attachmentMetrics } from '../../src/attachments/metrics.ts'

// Documents whose attachments are checked after acceptance, with the real router and delivery service beside the checker.

let database: TestDatabase
let blobs: TestBlobs
let deps: TestServiceDeps
let metrics: AttachmentMetrics
let services: Service[]
const running: Periodic[] = []

beforeAll(async () => {
  database = await testDatabase()
  blobs = await testBlobs()
  deps = testServiceDeps(database, blobs)
  metrics = attachmentMetrics(deps.metrics)
  const config = readConfig({ DOCAXIS_ENVIRONMENT: 'test' })
  services = [createRouter(config, deps), createDelivery(config, deps)]
  for (const service of services) await service.start()
  await deps.bus.start()
})
afterEach(async () => {
  for (const checker of running.splice(0)) await checker.stop()
})
afterAll(async () => {
  for (const service of services ?? []) await service.stop()
  await deps?.bus.stop()
  await blobs?.close()
  await database?.close()
})

const pdfSha256 = createHash('sha256').update('a pdf').digest('hex')
const documents: DocumentFinder = { find: async () => ({ bytes: Buffer.from('a pdf') }), close: async () => undefined }

function judged(code: VerificationCode): PdfCheck {
  const { verdict, state } = verificationCodes[code]
  const found = {
    checks: [],
    notChecked: [],
    signatures: [],
    revisions: [],
    activeContent: [],
    anchors: [],
    evidence: [],
  }
  const rules = {
    scope: 'full',
    profile: 'vn-issued',
    ruleSet: 'test',
    rule: 'V55',
    judgedAt: noon.toISOString(),
  } as const
  return { verdict: { verdict, code, state, codes: [code], ...rules, ...found }, evidence: [] }
}

/** Answers in turn; the last answer stays. */
function pdfSaying(...answers: readonly (VerificationCode | Error)[]): PdfChecker {
  let turn = 0
  return {
    check: async () => {
      const answer = answers[Math.min(turn, answers.length - 1)]
      turn += 1
      if (answer instanceof Error) throw answer
      return judged(answer ?? 'OK')
    },
    close: async () => undefined,
  }
}

function checkerWith(pdf: PdfChecker, { everyMs = 20, busy = false } = {}): Periodic {
  const trust = createTrustSource(database, {})
  const checkerDeps = { ...deps, documents, pdf, trust, metrics, now: () => noon, busy: () => busy }
  const checker = attachmentChecker(checkerDeps, 'signatures', { everyMs, leaseMs: 60_000, pauseMs: 1 })
  running.push(checker)
  checker.start()
  return checker
}

function check(pdf: PdfChecker): void {
  checkerWith(pdf)
}

const waiting: NewAttachmentCheck = {
  position: 0,
  kind: 'signatures',
  sha256: pdfSha256,
  sizeBytes: 5,
  holds: true,
}

function accept(wish: DocumentWish = {}): Promise<string> {
  return acceptDocument(database, { receivers: ['H99.05', 'H99.06'], checks: [waiting], ...wish })
}

async function statesOf(id: string): Promise<string[]> {
  const { rows } = await database.query<{ state: string }>(
    'select state from delivery where document_id = $1 order by receiver',
    [id],
  )
  return rows.map(row => row.state)
}

const patience = { timeout: 15_000 }
const untilStates = (id: string, states: readonly string[]) => expect.poll(() => statesOf(id), patience).toEqual(states)

async function whatHappened(id: string): Promise<string[]> {
  const { rows } = await database.query<{ what: string }>(
    'select distinct what from document_event where document_id = $1 order by what',
    [id],
  )
  return rows.map(row => row.what)
}

describe('deliveries of a document whose attachments are checked first', () => {
  it('wait while the clock cannot be trusted, and go on when it can', async () => {
    const clock = vi.spyOn(deps.clock, 'fault').mockReturnValue('an hour ahead')
    const id = await accept()
    await untilStates(id, ['held', 'held'])
    check(pdfSaying('OK'))
    await vi.waitFor(() => expect(clock.mock.calls.length).toBeGreaterThan(2), patience)
    expect(await statesOf(id)).toEqual(['held', 'held'])

    clock.mockRestore()

    await untilStates(id, ['available', 'available'])
  })

  it('are held, and no sweeper takes them for stalled', async () => {
    const id = await accept()
    await untilStates(id, ['held', 'held'])

    const resent = await database.transaction(tx => resendUnreleased(tx, { stalledMs: 0, limit: 100 }))

    expect(resent).toEqual([])
    expect(await findDocument(database, id, ['H99.05'])).toBeUndefined()
  })

  it('go to their mailboxes when the check is good', async () => {
    const id = await accept()
    await untilStates(id, ['held', 'held'])

    check(pdfSaying('OK'))

    await untilStates(id, ['available', 'available'])
    expect(await whatHappened(id)).toEqual(['accepted', 'attachment-checked', 'available', 'held', 'routed'])
    expect(await checksOfDocument(database, id)).toMatchObject([{ state: 'done', verdict: { code: 'OK' } }])
  })

  it('fail with evidence when the check is bad, and never existed for the receiver', async () => {
    const id = await accept()
    await untilStates(id, ['held', 'held'])

    check(pdfSaying('PDF_CHANGED_AFTER_SIGNING'))

    await untilStates(id, ['failed', 'failed'])
    const { rows } = await database.query<{ reason: string; delivery_id: string }>(
      "select reason, delivery_id from receipt where document_id = $1 and kind = 'non-delivery'",
      [id],
    )
    expect(rows.map(row => row.reason)).toEqual(
      Array(2).fill('PDF_CHANGED_AFTER_SIGNING (AttachmentEncoded/Attachment[1])'),
    )
    expect(await findDelivery(database, rows[0]?.delivery_id ?? '', ['H99.05', 'H99.06'])).toBeUndefined()
    expect(await findDocument(database, id, ['H99.05'])).toBeUndefined()
  })

  it('wait for every attachment, and for none when one is refused', async () => {
    const second = { ...waiting, position: 1 }
    const id = await accept({ checks: [waiting, second] })
    await untilStates(id, ['held', 'held'])
    const [first] = await claimChecks(database, { limit: 1, leaseMs: 60_000, kinds: ['signatures'] })
    if (!first) throw new Error('nothing is due')
    const good = { verdict: judged('OK').verdict, word: 'VALID', code: 'OK', evidence: [] }

    await database.transaction(tx => settleCheck(tx, first, good))

    expect(await statesOf(id)).toEqual(['held', 'held'])
    check(pdfSaying('OK'))
    await untilStates(id, ['available', 'available'])
  })
})

describe('where the process is busy', () => {
  const recorded = { ...waiting, holds: false }
  const anHour = 3_600_000

  async function checkStates(ids: readonly string[]): Promise<string[]> {
    const checks = await Promise.all(ids.map(id => checksOfDocument(database, id)))
    return checks.flat().map(({ state }) => state)
  }

  async function settled(checker: Periodic, ids: readonly string[], done: number): Promise<string[]> {
    const countDone = async () => (await checkStates(ids)).filter(state => state === 'done').length
    await expect.poll(countDone, patience).toBeGreaterThanOrEqual(done)
    // Waits for the run in hand: what it would have gone on with is done by then.
    await checker.stop()
    return checkStates(ids)
  }

  it('what nobody waits for is checked one at a turn', async () => {
    const ids = [await accept({ checks: [recorded] }), await accept({ checks: [recorded] })]
    const checker = checkerWith(pdfSaying('OK'), { everyMs: anHour, busy: true })

    checker.nudge()
    await expect.poll(() => checkStates(ids), patience).toEqual(['done', 'waiting'])
    checker.nudge()

    expect(await settled(checker, ids, 2)).toEqual(['done', 'done'])
  })

  it('what deliveries wait for goes first, and on without a pause', async () => {
    const before = await accept({ checks: [recorded] })
    const after = await accept({ checks: [recorded] })
    const held = [await accept(), await accept(), await accept()]
    const checker = checkerWith(pdfSaying('OK'), { everyMs: anHour, busy: true })

    checker.nudge()

    expect(await settled(checker, [...held, before], 4)).toEqual(['done', 'done', 'done', 'done'])
    expect(await checkStates([after])).toEqual(['waiting'])
    for (const id of held) await untilStates(id, ['available', 'available'])
    check(pdfSaying('OK'))
    await expect.poll(() => checkStates([after]), patience).toEqual(['done'])
  })
})

describe('a verdict that may change', () => {
  it('is asked for again where policy wants a valid one, and deliveries wait meanwhile', async () => {
    const id = await accept({ signaturePolicy: 'require-valid' })
    await untilStates(id, ['held', 'held'])

    check(pdfSaying('REVOCATION_STALE', 'REVOCATION_STALE', 'OK'))

    await untilStates(id, ['available', 'available'])
    expect(await checksOfDocument(database, id)).toMatchObject([{ attempts: 3, verdict: { code: 'OK' } }])
  })

  it('fails the deliveries after three days', async () => {
    const id = await accept({ signaturePolicy: 'require-valid' })
    await untilStates(id, ['held', 'held'])
    await database.query("update document set accepted_at = accepted_at - interval '73 hours' where id = $1", [id])

    check(pdfSaying('REVOCATION_UNAVAILABLE'))

    await untilStates(id, ['failed', 'failed'])
  })

  it('holds nothing up where policy only refuses what is invalid', async () => {
    const id = await accept({ signaturePolicy: 'refuse-invalid' })

    check(pdfSaying('REVOCATION_UNAVAILABLE'))

    await untilStates(id, ['available', 'available'])
  })
})

it('only records a bad verdict where nobody waits for it', async () => {
  const id = await accept({ checks: [{ ...waiting, holds: false }] })

  check(pdfSaying('SIGNATURE_MISMATCH'))

  await untilStates(id, ['available', 'available'])
  await expect
    .poll(() => checksOfDocument(database, id), patience)
    .toMatchObject([{ state: 'done', verdict: { code: 'SIGNATURE_MISMATCH' } }])
})

it('lets files without signatures pass: not every file has to be signed', async () => {
  const id = await accept({ signaturePolicy: 'require-valid' })

  check(pdfSaying('NOT_SIGNED'))

  await untilStates(id, ['available', 'available'])
})

describe('a check whose worker', () => {
  it('died is taken over, and what the dead one says afterwards counts no more', async () => {
    const id = await accept()
    await untilStates(id, ['held', 'held'])
    const [dead] = await claimChecks(database, { limit: 1, leaseMs: 0, kinds: ['signatures'] })
    if (!dead) throw new Error('nothing is due')

    check(pdfSaying('OK'))
    await untilStates(id, ['available', 'available'])

    const late = { verdict: {}, word: 'INVALID', code: 'PDF_CMS', refusal: 'late', evidence: [] }
    expect(await database.transaction(tx => settleCheck(tx, dead, late))).toBe(false)
    expect(await statesOf(id)).toEqual(['available', 'available'])
  })

  it('always fails is given up as not valid', async () => {
    const id = await accept()
    await untilStates(id, ['held', 'held'])

    check(pdfSaying(new Error('the thread died')))

    await untilStates(id, ['failed', 'failed'])
    expect(await checksOfDocument(database, id)).toMatchObject([
      { verdict: { verdict: 'INVALID', code: 'PDF_UNSUPPORTED' } },
    ])
  })

  it('is refused by the disk is not given up', async () => {
    const id = await accept()
    const full = new HubError('STORAGE_UNAVAILABLE', 'the disk is full')

    check(pdfSaying(...Array<Error>(12).fill(full), 'OK'))

    await untilStates(id, ['available', 'available'])
  })
})

it('counts what waits and what was found', async () => {
  await metrics.takeStock(database)

  const text = await deps.metrics.metrics()
  expect(text).toContain('docaxis_attachment_checks_waiting')
  expect(text).toMatch(/docaxis_attachment_checks_total\{kind="signatures",outcome="VALID".*\} [1-9]/)
})
