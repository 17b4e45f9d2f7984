import type { Page } from 'playwright-core'
import type { ConsoleVisit } from '../support/console-visits.ts'
import type { TestHub } from '../support/test-hub.ts'

/** What a page looks like once somebody has done something on it. */
export interface ConsoleState extends ConsoleVisit {
  readonly reach?: (page: Page, hub: TestHub) => Promise<void>
}

/** Presses the first of these, and waits for what comes of it. */
export function press(selector: string, comes: string) {
  return async (page: Page): Promise<void> => {
    await page.locator(selector).first().click()
    await page.locator(comes).first().waitFor()
  }
}

/** Presses the n-th button of this part that asks before it does something. */
export function ask(part: string, nth = 0) {
  return async (page: Page): Promise<void> => {
    await page.locator(`${part} button[aria-haspopup=dialog]`).nth(nth).click()
    await page.waitForSelector('dialog[open]')
  }
}
