import { type Browser, chromium } from 'playwright-core'

/** Debian's; root, as whom CI runs, has no sandbox. */
export function launchChromium(): Promise<Browser> {
  return chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] })
}
