import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { itWithPrograms, qrCodesOn } from '@docaxis/testkit'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { printable } from '../src/index.ts'
import { drawQr } from '../src/qr.ts'
import { openSheets } from '../src/sheets.ts'

const issued = new Date('2026-11-21T02:14:00Z')
const everyLetter =
  'ĂÂĐÊÔƠƯăâđêôơư ẮẰẲẴẶẤẦẨẪẬẾỀỂỄỆ ắằẳẵặấầẩẫậếềểễệ ỐỒỔỖỘỚỜỞỠỢỨỪỬỮỰ ốồổỗộớờởỡợứừửữự ÝỲỶỸỴÍÌỈĨỊ ýỳỷỹỵíìỉĩị tuyển dụng, quý vị, chỉ thị, học bạ'
const link = 'https://truc.example.vn/verify#receipt=0123456789abcdef01234567'

let folder: string
let file: string

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'docaxis-print-'))
  file = join(folder, 'sheets.pdf')
  writeFileSync(file, await threePages())
})

afterAll(() => rmSync(folder, { recursive: true }))

itWithPrograms('pdftotext')('every letter of Vietnamese can be read back', () => {
  expect(textOf(file).replace(/\s+/g, ' ')).toContain(everyLetter)
})

itWithPrograms('pdftotext')('each page says which of how many it is', () => {
  const pages = textOf(file).split('\f').slice(0, -1)

  expect(pages.map(page => page.trim().split('\n').at(-1)?.trim())).toEqual(['Trang 1/3', 'Trang 2/3', 'Trang 3/3'])
})

itWithPrograms('qpdf')('the file is whole', () => {
  expect(run('qpdf', ['--check', file])).toContain('No syntax or stream encoding errors found')
})

itWithPrograms('pdffonts')('all fonts are inside', () => {
  const [, , ...fonts] = run('pdffonts', [file]).trim().split('\n')

  expect(fonts.length).toBeGreaterThan(0)
  for (const font of fonts) expect(font).toMatch(/OpenSans.* yes yes yes /)
})

itWithPrograms('pdftoppm')('a camera reads the code', async () => {
  expect(await qrCodesOn(file, 1)).toEqual([link])
})

it('the same sheets are the same bytes', async () => {
  expect(await threePages()).toEqual(readFileSync(file))
})

it.each([
  { trick: 'text turned around', text: 'mật \u202Ednuos\u202C', printed: 'mật dnuos' },
  { trick: 'signs that nobody sees', text: 'Công\u200B văn\u2066\u0000', printed: 'Công văn' },
  { trick: 'lines of its own', text: 'một\n\nhai\tba', printed: 'một hai ba' },
  { trick: 'letters in parts', text: 'Viê\u0323t', printed: 'Việt' },
])('$trick is printed as it reads', ({ text, printed }) => {
  expect(printable(text)).toBe(printed)
})

async function threePages(): Promise<Buffer> {
  const { paper, finish } = openSheets({
    title: 'Biên nhận',
    language: 'vi-VN',
    createdAt: issued,
    footer: (page, pages) => `Trang ${page}/${pages}`,
  })
  paper.text(everyLetter)
  drawQr(paper, link, { x: 100, y: 300, side: 140 })
  paper.addPage().font('bold').text('Trang hai')
  paper.addPage().font('regular').text('Trang ba')
  return finish()
}

function textOf(pdf: string): string {
  return run('pdftotext', ['-layout', pdf, '-'])
}

function run(program: string, args: readonly string[]): string {
  return execFileSync(program, args, { encoding: 'utf8' })
}
