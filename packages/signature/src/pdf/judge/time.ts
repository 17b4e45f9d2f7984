import { createHash } from 'node:crypto'
import {
  createTrust,
  DerError,
  type HashName,
  parseTimeStampToken,
  type RevocationMode,
  type TimeStampResult,
  type TimeStampToken,
  type Trust,
  verifyTimeStamp,
} from '@docaxis/pki'
import { Refusal } from '../../refusal.ts'
import type { SecurityStore } from '../dss.ts'

export interface TimeQuestion {
  readonly trust?: Trust
  readonly at: Date
  readonly revocation?: RevocationMode
  readonly store: SecurityStore
  /** Moment at which a later stamp proves that this one was there. */
  readonly provenAt?: Date
}

/** A token judged: what it says, and whether it is believed. */
export interface JudgedStamp {
  readonly token: TimeStampToken
  readonly result: TimeStampResult
}

/** @throws Refusal for bytes that are no token */
export function readToken(bytes: Buffer): TimeStampToken {
  try {
    return parseTimeStampToken(bytes)
  } catch (error) {
    if (error instanceof DerError)
      throw new Refusal('TIMESTAMP_INVALID', 'V51', `no time-stamp token: ${error.message}`)
    throw error
  }
}

/** Where only integrity is asked, nobody knows the time at which algorithms are to be judged either. */
const nobody = createTrust({ anchors: [], crls: [], algorithmEnds: {} })

/** V51. Without trust the path leads nowhere, and all else is judged the same. */
export function judgeStamp(
  token: TimeStampToken,
  imprintOf: (hash: HashName) => Buffer,
  question: TimeQuestion,
): JudgedStamp {
  const { trust = nobody, at, revocation, store, provenAt } = question
  const result = verifyTimeStamp({
    token,
    imprintOf,
    trust,
    at,
    provenAt,
    certificates: store.certificates,
    revocation,
  })
  return { token, result }
}

/** Whether all that can be known without trust holds. */
export function isIntact({ result }: JudgedStamp): boolean {
  return result.verdict === 'VALID' || result.code === 'PATH_NOT_FOUND'
}

/** A stamp over the value of a signature (RFC 3161, appendix A). */
export function judgeSignatureStamp(bytes: Buffer, value: Buffer, question: TimeQuestion): JudgedStamp {
  return judgeStamp(readToken(bytes), hash => createHash(hash).update(value).digest(), question)
}
