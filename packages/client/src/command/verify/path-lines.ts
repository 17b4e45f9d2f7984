import {
  createTrust,
  DerError,
  type PathQuestion,
  type PolicyQuestion,
  type Purpose,
  type RevocationMode,
  validatePath,
} from '@docaxis/pki'
import {
  type BatchOutcome,
  broken,
  type Fields,
  isAbsent,
  isFields,
  isName,
  type LineKind,
  momentIn,
  namesIn,
} from './batch.ts'
import type { CertificateFiles } from './certificate-files.ts'

/** What is asked about one certification path; names are paths as they can be opened. */
interface PathRequest
  extends Pick<PathQuestion, 'at' | 'purpose' | 'revocation' | 'policy' | 'maxCrlAgeHours' | 'outdated'> {
  readonly certificate: string
  readonly intermediates: readonly string[]
  readonly anchors: readonly string[]
  readonly crls: readonly string[]
  readonly ocsp: readonly string[]
}

const anyPolicy = '2.5.29.32.0'
const purposes: readonly Purpose[] = ['any', 'document', 'seal', 'official', 'tsa', 'ocsp']
const modes: readonly RevocationMode[] = ['required', 'if-available', 'none']

/**
 * Lines that each ask about one certificate and its path.
 *
 * @param at the judged time of lines that name none
 */
export function pathLines(files: CertificateFiles, at: Date): LineKind<PathRequest, BatchOutcome> {
  return {
    read: (fields, place) => readRequest(fields, place, at),
    judge: request => judge(request, files),
    refused: code => ({ verdict: 'INVALID', codes: [code] }),
  }
}

function readRequest(fields: Fields, place: (name: string) => string, at: Date): PathRequest | undefined {
  const [intermediates, anchors, crls, ocsp] = [fields.intermediates, fields.anchors, fields.crls, fields.ocsp].map(
    namesIn,
  )
  const moment = momentIn(fields.at)
  const purpose = oneOf(purposes, fields.purpose)
  const revocation = oneOf(modes, fields.revocation)
  const policy = policyIn(fields.policy)
  const age = fields.maxAgeHours
  const isSound =
    isName(fields.certificate) && (isAbsent(age) || (typeof age === 'number' && age > 0)) && isFlag(fields.outdated)
  if (!isSound || moment === broken || purpose === broken || revocation === broken || policy === broken)
    return undefined
  if (intermediates === broken || anchors === broken || crls === broken || ocsp === broken) return undefined
  const places = (names: readonly string[] = []) => names.map(place)
  return {
    certificate: place(fields.certificate as string),
    intermediates: places(intermediates),
    anchors: places(anchors),
    crls: places(crls),
    ocsp: places(ocsp),
    at: moment ?? at,
    purpose: purpose ?? 'any',
    ...(revocation && { revocation }),
    ...(policy && { policy }),
    ...(typeof age === 'number' && { maxCrlAgeHours: age }),
    outdated: fields.outdated === true,
  }
}

function oneOf<T extends string>(words: readonly T[], value: unknown): T | undefined | typeof broken {
  return isAbsent(value) ? undefined : (words.find(word => word === value) ?? broken)
}

function isFlag(value: unknown): boolean {
  return isAbsent(value) || typeof value === 'boolean'
}

function policyIn(value: unknown): PolicyQuestion | undefined | typeof broken {
  if (isAbsent(value)) return undefined
  if (!isFields(value)) return broken
  const initial = namesIn(value.initial)
  const flags = [value.explicit, value.inhibitMapping, value.inhibitAny]
  if (initial === broken || !flags.every(isFlag)) return broken
  const [explicit, inhibitMapping, inhibitAny] = flags.map(flag => flag === true)
  return {
    initial: initial ?? [anyPolicy],
    explicit: explicit === true,
    inhibitMapping: inhibitMapping === true,
    inhibitAny: inhibitAny === true,
  }
}

async function judge(request: PathRequest, files: CertificateFiles): Promise<BatchOutcome> {
  const { certificate: file, intermediates, anchors, crls, ocsp, ...asked } = request
  const all = async <T>(read: (name: string) => Promise<readonly T[]>, names: readonly string[]) =>
    (await Promise.all(names.map(read))).flat()
  const trust = createTrust({
    anchors: await all(files.readableCertificates, anchors),
    crls: await all(files.readableCrls, crls),
    ocsp: await all(files.readableOcsp, ocsp),
    ...(files.algorithmEnds && { algorithmEnds: files.algorithmEnds }),
  })
  const others = await all(files.readableCertificates, intermediates)
  try {
    const [certificate, ...further] = await files.certificates(file)
    if (!certificate) throw new DerError('no certificate')
    const { verdict, code } = validatePath({ ...asked, certificate, intermediates: [...further, ...others], trust })
    return { verdict, codes: [code] }
  } catch (error) {
    // What is no certificate leads nowhere, for certain.
    if (error instanceof DerError) return { verdict: 'INVALID', codes: ['PATH_INVALID'] }
    throw error
  }
}
