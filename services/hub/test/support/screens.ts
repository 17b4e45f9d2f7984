import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { BrowserContextOptions, Page } from 'playwright-core'

/** What pages of the console are looked at with. */
export const screens = [
  { screen: 'desktop', language: 'vi', options: { viewport: { width: 1280, height: 900 } } },
  { screen: 'phone', language: 'en', options: { viewport: { width: 360, height: 740 } } },
  { screen: 'dark', language: 'en', options: { viewport: { width: 1280, height: 900 }, colorScheme: 'dark' } },
  { screen: 'dark-phone', language: 'vi', options: { viewport: { width: 360, height: 740 }, colorScheme: 'dark' } },
] as const satisfies readonly { screen: string; language: 'vi' | 'en'; options: BrowserContextOptions }[]

/** Keeps what the page looks like for a person, where `DOCAXIS_SCREENSHOTS` names a folder. */
export async function keepScreen(page: Page, name: string): Promise<void> {
  const folder = process.env.DOCAXIS_SCREENSHOTS
  if (folder === undefined) return
  await mkdir(folder, { recursive: true })
  await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true })
}
