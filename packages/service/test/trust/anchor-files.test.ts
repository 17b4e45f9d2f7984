import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestAuthority, testAuthority } from '@docaxis/testkit'
import { afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import { readAnchorFiles } from '../../src/index.ts'

let folder: string
let one: TestAuthority
let other: TestAuthority

beforeAll(async () => {
  one = await testAuthority({ name: 'One' })
  other = await testAuthority({ name: 'Other' })
})
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'docaxis-anchors-'))
})
afterEach(() => rm(folder, { recursive: true }))

const names = async () =>
  (await readAnchorFiles(folder)).map(({ certificate, purposes }) => [certificate.subject.text, purposes.join()])

it('takes a file at the top for every purpose, and one in a subfolder for that one', async () => {
  await mkdir(join(folder, 'tsa'))
  await writeFile(join(folder, 'one.pem'), one.certificatePem)
  await writeFile(join(folder, 'tsa', 'other.der'), other.certificate.der)

  expect(await names()).toEqual([
    ['CN=One', 'seal,official,tls,tsa,ocsp'],
    ['CN=Other', 'tsa'],
  ])
})

it('takes one authority in two subfolders for both purposes', async () => {
  for (const purpose of ['seal', 'official']) {
    await mkdir(join(folder, purpose))
    await writeFile(join(folder, purpose, 'one.crt'), one.certificatePem)
  }

  expect(await names()).toEqual([['CN=One', 'seal,official']])
})

it('reads bundles, and no other files', async () => {
  await writeFile(join(folder, 'both.pem'), one.certificatePem + other.certificatePem)
  await writeFile(join(folder, 'notes.txt'), 'not a certificate')

  expect(await names()).toHaveLength(2)
})

it('says that a folder which was named is not there', async () => {
  await expect(readAnchorFiles(join(folder, 'nowhere'))).rejects.toMatchObject({ code: 'ENOENT' })
})
