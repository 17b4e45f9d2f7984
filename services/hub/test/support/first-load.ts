import { appendFile, mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from 'playwright-core'

/** What Lighthouse measures of a first load on a phone; milliseconds. */
export interface FirstLoad {
  /** Largest Contentful Paint: when the biggest thing on the screen stood there. */
  readonly lcpMs: number
  /** Total Blocking Time: what tasks took beyond 50 ms each, until the page was settled. */
  readonly tbtMs: number
  /** As they came over the wire, scripts and styles alone. */
  readonly assetBytes: number
}

/** Of a slow fourth-generation network and a processor four times slower (Lighthouse's mobile settings). */
const network = { offline: false, latency: 150, downloadThroughput: 1_638_400 / 8, uploadThroughput: 675_000 / 8 }
const slowdown = 4

const watch = `
  globalThis.firstLoad = { lcpMs: 0, tbtMs: 0 }
  new PerformanceObserver(list => {
    for (const { startTime } of list.getEntries()) firstLoad.lcpMs = startTime
  }).observe({ type: 'largest-contentful-paint', buffered: true })
  new PerformanceObserver(list => {
    for (const { duration } of list.getEntries()) firstLoad.tbtMs += Math.max(0, duration - 50)
  }).observe({ type: 'longtask', buffered: true })`

/** Makes the page slow as a phone is, and has it watch itself from its next load on. */
export async function watchFirstLoad(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page)
  await session.send('Network.enable')
  await session.send('Network.setCacheDisabled', { cacheDisabled: true })
  await session.send('Network.emulateNetworkConditions', network)
  await session.send('Emulation.setCPUThrottlingRate', { rate: slowdown })
  await page.addInitScript(watch)
}

export async function firstLoadOf(page: Page): Promise<FirstLoad> {
  return page.evaluate<FirstLoad>(`({
    ...firstLoad,
    assetBytes: performance.getEntriesByType('resource')
      .filter(({ name }) => name.includes('/assets/'))
      .reduce((sum, { encodedBodySize }) => sum + encodedBodySize, 0),
  })`)
}

/** One line on the test's output, and in `DOCAXIS_SCREENSHOTS` beside the pictures where that names a folder. */
export async function keepFirstLoad(name: string, { lcpMs, tbtMs, assetBytes }: FirstLoad): Promise<void> {
  const line = `first load of ${name}: LCP ${Math.round(lcpMs)} ms, TBT ${Math.round(tbtMs)} ms, ${Math.round(assetBytes / 1024)} KB of scripts and styles\n`
  process.stdout.write(line)
  const folder = process.env.DOCAXIS_SCREENSHOTS
  if (folder === undefined) return
  await mkdir(folder, { recursive: true })
  await appendFile(join(folder, 'first-loads.txt'), line)
}
