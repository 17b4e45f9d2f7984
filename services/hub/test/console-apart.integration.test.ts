import { takeSearchTurn } from '@docaxis/store/console'
import { itWithPrograms, type TestDatabase, testDatabase } from '@docaxis/testkit'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, vi } from 'vitest'
import { type ConsoleProcess, startConsoleProcess } from './support/console-process.ts'
import { visit } from './support/console-visit.ts'
import { launchChromium } from './support/launch-chromium.ts'
import { letter, sealed } from './support/letter.ts'
import { mailFor } from './support/mail.ts'
import { type TestHub, testHub } from './support/test-hub.ts'

// The console as a service of its own beside the hub: they meet at the database and nowhere else.

vi.setConfig({ testTimeout: 120_000, hookTimeout: 180_000 })
const it = itWithPrograms('chromium')

let hub: TestHub
let database: TestDatabase
let apart: ConsoleProcess
let browser: Browser

beforeAll(async () => {
  database = await testDatabase()
  hub = await testHub({ DOCAXIS_DATABASE_URL: database.connectionString })
  await hub.hub.firstLetters
  await takeSearchTurn(database)
  // The letters of the demo end with one that was refused.
  await database.query("update business_report set received_at = received_at - interval '2 days' where code = '02'")
  apart = await startConsoleProcess({ DOCAXIS_DATABASE_URL: database.connectionString })
  browser = await launchChromium()
})
afterAll(async () => {
  await browser?.close()
  await apart?.stop()
  await hub?.stop()
  await database?.close()
})

it('signs somebody in and lists what the hub has accepted', async () => {
  await using seen = await visit(browser, { ...hub, url: apart.url }, { login: 'operator', path: '/documents' })
  const { page } = seen
  await page.waitForSelector('.subject')

  await page.locator('.subject').first().click()
  await page.waitForSelector('.stations')

  expect(page.url()).toContain(apart.url)
  expect(seen.faults).toEqual([])
})

it('moves when something happens at the hub, without being asked again', async () => {
  await using seen = await visit(browser, { ...hub, url: apart.url }, { login: 'operator' })
  const { page } = seen
  await page.waitForSelector('.calm')

  const { documentId } = await hub.as('G99').send(await sealed(hub, letter(hub, 'G99', ['H99']), 'G99'))
  const { deliveryId } = await mailFor(hub, 'H99', documentId)
  await hub.as('H99').status(deliveryId, { code: '02', reason: 'Thiếu phụ lục' })

  await page.waitForSelector('.attention li', { timeout: 90_000 })
  expect(seen.faults).toEqual([])
})
