import { execFile } from 'node:child_process'
import { utcEnvironment, xmlsecVerify } from '../xmlsec-command.ts'
import type { Tally } from './tally.ts'

export interface XmlsecResult {
  readonly validFiles: number
  readonly refusedFiles: number
  /** Valid to us and not to xmlsec1: differences, with what it said. */
  readonly notVerified: readonly { readonly file: string; readonly said: string }[]
  /** Refused by us, verified by xmlsec1: where the profile is stricter. */
  readonly verifiedThough: readonly { readonly file: string; readonly why: string }[]
}

const atOnce = 2
/** xmlsec1 stops at the first file that fails, so only files expected to verify share a process. */
const filesPerProcess = 50

/** Shows files to xmlsec1, which trusts our authority alone and judges at the same moment. */
export async function verifyByXmlsec(
  { validFiles, refusedFiles }: Pick<Tally, 'validFiles' | 'refusedFiles'>,
  anchorFile: string,
  log: (line: string) => void,
): Promise<XmlsecResult> {
  if (validFiles.length + refusedFiles.length > 0) {
    log(`xmlsec1: ${validFiles.length} files valid to us, ${refusedFiles.length} refused by us`)
  }
  const batches = Array.from({ length: Math.ceil(validFiles.length / filesPerProcess) }, (_, index) =>
    validFiles.slice(index * filesPerProcess, (index + 1) * filesPerProcess),
  )
  const failed = await each(batches, batch => failuresIn(batch, anchorFile))
  const verified = await each(refusedFiles, async refused =>
    (await run([refused.file], anchorFile)) === undefined ? [refused] : [],
  )
  return {
    validFiles: validFiles.length,
    refusedFiles: refusedFiles.length,
    notVerified: failed.flat(),
    verifiedThough: verified.flat(),
  }
}

async function failuresIn(batch: readonly string[], anchorFile: string): Promise<{ file: string; said: string }[]> {
  if ((await run(batch, anchorFile)) === undefined) return []
  const failures: { file: string; said: string }[] = []
  for (const file of batch) {
    const said = await run([file], anchorFile)
    if (said !== undefined) failures.push({ file, said })
  }
  return failures
}

/** Undefined when xmlsec1 verified every file, else what it said. */
function run(files: readonly string[], anchorFile: string): Promise<string | undefined> {
  const [program, ...args] = xmlsecVerify(anchorFile, files)
  return new Promise((resolve, reject) => {
    execFile(program, args, { env: utcEnvironment }, (error, stdout, stderr) => {
      if (error === null) resolve(undefined)
      else if (typeof error.code === 'number') resolve(`${stdout}${stderr}`.slice(0, 1_000))
      else reject(error)
    })
  })
}

/** Applies `work` to every item, a few at once, and keeps the order. */
async function each<T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = []
  let next = 0
  const lane = async () => {
    for (let index = next++; index < items.length; index = next++) {
      const item = items[index]
      if (item !== undefined) results[index] = await work(item)
    }
  }
  await Promise.all(Array.from({ length: atOnce }, lane))
  return results
}
