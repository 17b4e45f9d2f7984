import { readFileSync } from 'node:fs'
import { itWithShared, sharedPath } from '@docaxis/testkit'
import { describe, expect } from 'vitest'
import { bufferSource, verifyPdf } from '../../src/index.ts'

interface Case {
  readonly file: string
  readonly answer: 'INTACT' | 'FLAG' | 'REFUSE' | 'UNSIGNED' | 'UNSUPPORTED'
  readonly signatures: readonly { readonly to_end_of_file: boolean }[]
}

const it = itWithShared('vectors', 'pdf', 'expected.json')
const at = new Date('2026-11-27T00:00:00Z')

/** Flagged files whose later revision goes past what the policy here allows. */
const refusedFlags: ReadonlySet<string> = new Set(['pyhanko/extensions-indirect-not-all-paths.pdf'])

describe('published signed PDFs', () => {
  it('have the published answer, all of them', { timeout: 30_000 }, async () => {
    const { cases } = JSON.parse(readFileSync(sharedPath('vectors/pdf/expected.json'), 'utf8')) as { cases: Case[] }
    expect(cases).toHaveLength(41)

    const answers = await Promise.all(cases.map(async each => [each.file, answerOf(await judge(each.file))]))

    expect(answers).toEqual(cases.map(each => [each.file, expectedOf(each)]))
  })

  it('cover the file where the published ones do', async () => {
    const { cases } = JSON.parse(readFileSync(sharedPath('vectors/pdf/expected.json'), 'utf8')) as { cases: Case[] }
    for (const { file, answer, signatures } of cases) {
      if (answer === 'UNSUPPORTED' && file.includes('encrypted')) continue
      const verdict = await judge(file)

      const covers = verdict.signatures.map(({ coversDocument }) => coversDocument)

      expect([file, covers]).toEqual([file, signatures.map(signature => signature.to_end_of_file)])
    }
  })
})

function judge(file: string) {
  return verifyPdf(bufferSource(readFileSync(sharedPath('vectors/pdf', file))), { at, profile: 'generic' })
}

function answerOf({ verdict, code, codes, scope }: Awaited<ReturnType<typeof judge>>): string {
  expect(scope).toBe('integrity')
  if (verdict === 'VALID') return codes.includes('PDF_LATER_REVISION') ? 'flagged' : 'valid'
  return code === 'NOT_SIGNED' ? 'unsigned' : 'refused'
}

function expectedOf({ file, answer }: Case): string {
  switch (answer) {
    case 'INTACT':
      return 'valid'
    case 'FLAG':
      return refusedFlags.has(file) ? 'refused' : 'flagged'
    case 'UNSIGNED':
      return 'unsigned'
    default:
      return 'refused'
  }
}
