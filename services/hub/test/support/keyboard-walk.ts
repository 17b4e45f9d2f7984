import type { Page } from 'playwright-core'

/** What a person sees who goes through a page with the Tab key, from its beginning until it begins again. */
export interface Walk {
  /** What can be pressed, and the key does not lead to. */
  readonly missed: readonly string[]
  /** Where the key jumps back instead of going on. */
  readonly outOfOrder: readonly string[]
  /** Where nothing on the screen shows that the keyboard is there. */
  readonly unseen: readonly string[]
  /** Whether the key led out of the page again. */
  readonly left: boolean
}

/** What people press; a day that the calendar behind its button sets is written in the field before it. */
const pressable = 'a[href], button, input, select, textarea, summary, [tabindex]'

/** How long a dialog may take to be gone, on a machine that many tests share. */
const closingMs = 10_000

/** Runs in the page: it names things as a person who must find them would. */
const prepare = `(() => {
  // Of the choices of a group the key leads to the one that is chosen; arrows lead to the others.
  const byArrow = node =>
    node.type === 'radio' && !node.checked && document.querySelector('[name="' + node.name + '"]:checked') !== null
  const reachable = node =>
    !node.disabled && !byArrow(node) && node.tabIndex >= 0 && node.checkVisibility({ visibilityProperty: true }) &&
    node.getClientRects().length > 0 && !node.closest('[inert]')
  const named = node => {
    const text = node.getAttribute('aria-label') ?? node.textContent.trim().slice(0, 40)
    return node.tagName.toLowerCase() + ' ' + (text || node.name || node.id)
  }
  const ringOf = node => {
    const { outlineStyle, outlineWidth } = getComputedStyle(node)
    return (outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2) || (node instanceof SVGElement && drawnRing(node))
  }
  const drawnRing = node => [...node.children].some(shape => {
    const { stroke, strokeWidth } = getComputedStyle(shape)
    return stroke !== 'none' && parseFloat(strokeWidth) >= 2
  })
  const onScreen = node => {
    const { top, bottom, left, right } = node.getBoundingClientRect()
    return bottom > 0 && right > 0 && top < innerHeight && left < innerWidth
  }
  globalThis.walk = {
    wanted: new Set([...document.querySelectorAll(${JSON.stringify(pressable)})].filter(reachable)),
    outOfOrder: [],
    unseen: [],
    last: undefined,
    step() {
      const here = document.activeElement
      if (here === null || here === document.body || here === this.first) return true
      this.first ??= here
      const goesBack = this.last && this.last.compareDocumentPosition(here) & Node.DOCUMENT_POSITION_PRECEDING
      if (goesBack) this.outOfOrder.push(named(here))
      if (!ringOf(here) || !onScreen(here)) this.unseen.push(named(here))
      this.wanted.delete(here)
      this.last = here
      return false
    },
    told(left) {
      // A page that moves by itself may have taken something away in the meantime.
      const missed = [...this.wanted].filter(node => node.isConnected && reachable(node)).map(named)
      return { missed, outOfOrder: this.outOfOrder, unseen: this.unseen, left }
    },
  }
  return walk.wanted.size
})()`

export async function walkThrough(page: Page): Promise<Walk> {
  const stops = await page.evaluate<number>(prepare)
  let left = false
  for (let presses = 0; presses <= 2 * stops + 2 && !left; presses += 1) {
    await page.keyboard.press('Tab')
    left = await page.evaluate<boolean>('walk.step()')
  }
  return page.evaluate<Walk>(`walk.told(${left})`)
}

/** What is wrong with the dialogs that the page's buttons open: the keyboard stays inside, Escape leads out and back. */
export async function dialogFaults(page: Page): Promise<readonly string[]> {
  const openers = page.locator('[aria-haspopup=dialog]:visible')
  const faults: string[] = []
  for (let index = 0; index < (await openers.count()); index += 1) {
    const opener = openers.nth(index)
    const name = await opener.textContent()
    await opener.focus()
    await page.keyboard.press('Enter')
    if (!(await page.isVisible('dialog:modal'))) faults.push(`${name}: opens nothing`)
    const stops = await page.locator('dialog:modal').locator(pressable).count()
    for (let presses = 0; presses <= stops + 1; presses += 1) {
      await page.keyboard.press('Tab')
      // The browser's own bar lies between the last and the first.
      const inside =
        "document.activeElement === document.body || document.activeElement.closest('dialog:modal') !== null"
      if (!(await page.evaluate(inside))) faults.push(`${name}: the keyboard gets out of the dialog`)
    }
    await page.keyboard.press('Escape')
    const closes = page.waitForSelector('dialog[open]', { state: 'hidden', timeout: closingMs })
    await closes.catch(() => faults.push(`${name}: Escape does not close it`))
    if ((await page.locator('[aria-haspopup=dialog]:focus').textContent()) !== name)
      faults.push(`${name}: the keyboard is lost`)
  }
  return faults
}
