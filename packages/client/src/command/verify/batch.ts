import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import type { VerdictWord } from '@docaxis/errors'
import { DerError } from '@docaxis/pki'
import type { CertificateFiles } from './certificate-files.ts'
import type { Profile, VerifyRequest } from './file-verdict.ts'
import { momentOf } from './moment.ts'
import { verifyFile } from './verify-file.ts'

/** One line of answers. */
export interface BatchAnswer {
  /** As in the line; absent when it could not be read. */
  readonly id?: string | number
  readonly verdict: VerdictWord
  readonly codes: readonly string[]
  readonly scope: 'integrity' | 'full'
}

export interface BatchOptions {
  readonly files: CertificateFiles
  /** A file named in the manifest, against the folder the user stands in. */
  readonly file: (name: string) => string
  /** Tried where the file is not there. */
  readonly manifestFolder: string
  /** The judged time of lines that name none. */
  readonly at: Date
}

/** Answers one line of a manifest. Never throws: whatever goes wrong is an answer that is not VALID. */
export async function answerLine(line: string, options: BatchOptions): Promise<BatchAnswer> {
  const request = readLine(line)
  if ('broken' in request) {
    return { ...idOf(request.id), verdict: 'INVALID', codes: ['REQUEST_INVALID'], scope: 'integrity' }
  }
  const { id, ...asked } = request
  try {
    const { verdict, codes, scope } = await verifyFile(resolved(asked, options), leavingOut(options.files))
    return { id, verdict, codes, scope }
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? 'FILE_UNREADABLE' : 'INTERNAL'
    return { id, verdict: 'INVALID', codes: [code], scope: asked.anchors ? 'full' : 'integrity' }
  }
}

type LineRequest = Omit<VerifyRequest, 'at' | 'hashed'> & { readonly id: string | number; readonly at?: Date }

function readLine(line: string): LineRequest | { readonly broken: true; readonly id?: string | number } {
  let value: unknown
  try {
    value = JSON.parse(line)
  } catch {
    return { broken: true, ...idOf(guessedId(line)) }
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return { broken: true }
  const fields = value as Readonly<Record<string, unknown>>
  const id = typeof fields.id === 'string' || typeof fields.id === 'number' ? fields.id : undefined
  const at = typeof fields.at === 'string' ? momentOf(fields.at) : undefined
  const lists = [fields.certificates, fields.anchors, fields.crls].map(namesIn)
  const isSound =
    typeof fields.file === 'string' &&
    fields.file !== '' &&
    (isAbsent(fields.profile) || isProfile(fields.profile)) &&
    (isAbsent(fields.at) || at !== undefined) &&
    !lists.includes('broken')
  if (id === undefined || !isSound) return { broken: true, ...idOf(id) }
  const [certificates, anchors, crls] = lists as (readonly string[] | undefined)[]
  return {
    id,
    file: fields.file as string,
    ...(isProfile(fields.profile) && { profile: fields.profile }),
    ...(certificates && { certificates }),
    ...(anchors && { anchors }),
    ...(crls && { crls }),
    ...(at && { at }),
  }
}

/** The id of a line that is no JSON, where it can be made out. */
function guessedId(line: string): string | number | undefined {
  const [, written] = /"id"\s*:\s*("(?:[^"\\]|\\.)*"|-?\d+)/.exec(line) ?? []
  try {
    return written === undefined ? undefined : (JSON.parse(written) as string | number)
  } catch {
    return undefined
  }
}

/** Names of files; none named is the same as the field left out. */
function namesIn(value: unknown): readonly string[] | undefined | 'broken' {
  if (isAbsent(value)) return undefined
  if (!Array.isArray(value) || !value.every(name => typeof name === 'string' && name !== '')) return 'broken'
  return value.length === 0 ? undefined : value
}

const isAbsent = (value: unknown): value is null | undefined => value === undefined || value === null
const isProfile = (value: unknown): value is Profile => value === 'edxml' || value === 'generic'
const idOf = (id: string | number | undefined) => (id === undefined ? {} : { id })

function resolved(request: Omit<LineRequest, 'id'>, { file, manifestFolder, at }: BatchOptions): VerifyRequest {
  const place = (name: string) => {
    const path = file(name)
    return existsSync(path) ? path : resolve(manifestFolder, name)
  }
  const places = (names: readonly string[] | undefined) => names?.map(place)
  const { certificates, anchors, crls } = request
  return {
    at,
    hashed: false,
    ...request,
    file: place(request.file),
    certificates: places(certificates),
    anchors: places(anchors),
    crls: places(crls),
  }
}

/** A file that is there and holds no certificate gives no key: nothing verifies with it, and the batch goes on. */
function leavingOut(files: CertificateFiles): CertificateFiles {
  return {
    certificates: async name => {
      try {
        return await files.certificates(name)
      } catch (error) {
        if (error instanceof DerError) return []
        throw error
      }
    },
    crl: files.crl,
  }
}
