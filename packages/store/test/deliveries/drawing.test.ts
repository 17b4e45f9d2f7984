import { readFile, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { drawings } from './draw-states.ts'

// DESIGN.md draws the state machine that the hub goes by. UPDATE_DRAWINGS=1 draws it anew.

const design = fileURLToPath(new URL('../../../../DESIGN.md', import.meta.url))

it.each(Object.entries(drawings))('DESIGN.md draws %s as it is', async (name, draw) => {
  const text = await readFile(design, 'utf8')
  const [begin, end] = [`<!-- drawing: ${name} -->\n`, `\n<!-- end: ${name} -->`]
  const from = text.indexOf(begin) + begin.length
  const to = text.indexOf(end)
  expect(from).toBeGreaterThan(begin.length)

  if (process.env.UPDATE_DRAWINGS === '1') await writeFile(design, text.slice(0, from) + draw() + text.slice(to))
  else expect(text.slice(from, to)).toBe(draw())
})
