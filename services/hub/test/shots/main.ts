import { mkdir } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import type { Page } from 'playwright-core'
import { consoleBrowser } from '../support/console-browser.ts'
import { consoleVisits } from '../support/console-visits.ts'
import { launchChromium } from '../support/launch-chromium.ts'
import { screens } from '../support/screens.ts'
import { testHub } from '../support/test-hub.ts'
import type { ConsoleState } from './console-state.ts'
import { consoleStates } from './states.ts'

// Writes a picture of every page of the console and of what it shows when it is used, in both languages, on every
// screen, for a person to look at. A second argument names those that are wanted: a regular expression.

const folder = resolve(process.env.INIT_CWD ?? '.', process.argv[2] ?? 'console-shots')
const wanted = new RegExp(process.argv[3] ?? '')

/** More of a long list says nothing new. */
const tallest = 4000

await mkdir(folder, { recursive: true })
const hub = await testHub()
const browser = await launchChromium()
const { visit } = consoleBrowser(browser, hub)
try {
  await hub.hub.firstLetters
  const all: readonly ConsoleState[] = [...consoleVisits, ...consoleStates]
  for (const state of all.filter(({ name }) => wanted.test(name))) await Promise.all(screens.map(picture(state)))
} finally {
  await browser.close()
  await hub.stop()
}

function picture({ name, reach, ...where }: ConsoleState) {
  return async ({ screen, language, options }: (typeof screens)[number]): Promise<void> => {
    const path = join(folder, `${name}-${screen}-${language}.png`)
    try {
      await using seen = await visit({ ...where, language, options })
      await reach?.(seen.page, hub)
      await showWhole(seen.page, options.viewport)
      await seen.page.screenshot({ path })
      process.stdout.write(`${path}\n`)
    } catch (error) {
      // The others are wanted nevertheless.
      process.exitCode = 1
      process.stderr.write(`${path}: ${error instanceof Error ? error.message : String(error)}\n`)
    }
  }
}

/** A screen as tall as the page, so that what stays at its edges does not lie across the middle of the picture. */
async function showWhole(page: Page, { width, height }: { readonly width: number; readonly height: number }) {
  if (await page.locator('dialog[open]').count()) return
  const needed: number = await page.evaluate('document.documentElement.scrollHeight')
  await page.setViewportSize({ width, height: Math.min(Math.max(height, needed), tallest) })
}
