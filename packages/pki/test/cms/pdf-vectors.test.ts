import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { hasShared, itWithShared, sharedPath } from '@docaxis/testkit'
import { expect } from 'vitest'
import { parseSignedData, verifySigner } from '../../src/index.ts'

interface Blob {
  readonly file: string
  readonly range: readonly number[]
  readonly cms: string
}

const folder = ['vectors', 'pdf'] as const
const none: readonly Blob[] = [{ file: 'none', range: [], cms: 'computes' }]
const blobs = hasShared(...folder) ? readBlobs() : none

function readBlobs(): readonly Blob[] {
  const { cases } = JSON.parse(readFileSync(sharedPath(...folder, 'expected.json'), 'utf8'))
  return cases.flatMap(({ file, signatures }: { file: string; signatures: { byte_range: number[]; cms: string }[] }) =>
    signatures.map(({ byte_range: range, cms }) => ({ file, range, cms })),
  )
}

/** Cuts the CMS out of the gap of the byte range and verifies it over the two ranges, as openssl did. */
function verifyBlob({ file, range }: Blob) {
  const pdf = readFileSync(sharedPath(...folder, file))
  const [start = 0, first = 0, second = 0, last = 0] = range
  const gap = pdf.subarray(start + first, second).toString('latin1')
  const bytes = Buffer.from(/<([0-9A-Fa-f]+)/.exec(gap)?.[1] ?? '', 'hex')
  const signed = parseSignedData(bytes)
  const covered = [pdf.subarray(start, start + first), pdf.subarray(second, second + last)]
  const [signer] = signed.signers
  if (!signer) throw new Error('no signer')
  const content = signer.signedAttributes ? undefined : Buffer.concat(covered)
  const digest = (hash: string) => covered.reduce((sum, part) => sum.update(part), createHash(hash)).digest()
  const result = verifySigner({ signed, signer, ...(content ? { content } : { digest }) })
  return { signed, padding: bytes.subarray(signed.length), result }
}

const itEach = itWithShared(...folder)
/** Its CMS holds content of its own beside the file's digest; openssl does not mind (V58). */
const attached = 'pyhanko/pdf-sig-with-econtent.pdf'
const computing = blobs.filter(({ cms, file }) => cms === 'computes' && file !== attached)

itEach.each(computing)('agrees with openssl that the CMS of $file over $range computes', blob => {
  const { result, padding } = verifyBlob(blob)

  expect(result).toMatchObject({ code: 'OK' })
  expect(padding.every(byte => byte === 0)).toBe(true)
})

itEach.each(blobs.filter(({ file }) => file === attached))('refuses $file, which is not detached', blob => {
  expect(verifyBlob(blob).result).toMatchObject({ code: 'SIGNATURE_STRUCTURE', rule: 'V58' })
})
