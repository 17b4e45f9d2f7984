import { mkdir } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { consoleBrowser } from '../support/console-browser.ts'
import { consoleVisits } from '../support/console-visits.ts'
import { launchChromium } from '../support/launch-chromium.ts'
import { screens } from '../support/screens.ts'
import { testHub } from '../support/test-hub.ts'

// Writes a picture of every page of the console, in both languages, on every screen, for a person to look at.

const folder = resolve(process.env.INIT_CWD ?? '.', process.argv[2] ?? 'console-shots')
const wanted = process.argv[3] ?? ''

await mkdir(folder, { recursive: true })
const hub = await testHub()
const browser = await launchChromium()
try {
  await hub.hub.firstLetters
  const { visit } = consoleBrowser(browser, hub)
  for (const { name, ...where } of consoleVisits.filter(it => it.name.includes(wanted))) {
    for (const { screen, language, options } of screens) {
      await using seen = await visit({ ...where, language, options })
      const path = join(folder, `${name}-${screen}-${language}.png`)
      await seen.page.screenshot({ path, fullPage: true })
      process.stdout.write(`${path}\n`)
    }
  }
} finally {
  await browser.close()
  await hub.stop()
}
