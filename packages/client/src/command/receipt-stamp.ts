import { readFile } from 'node:fs/promises'
import { createTrust, parseCertificates } from '@docaxis/pki'
import { type ReceiptStamp, type StampVerdict, verifyReceiptStamp } from '@docaxis/signature'
import type { Context } from './context.ts'
import { UsageError } from './exit-codes.ts'
import { facts } from './output.ts'
import type { Words } from './words.ts'

export interface StampOptions {
  readonly stamp?: string
  readonly tsaAnchor?: string
}

/** Judges the time stamp of a receipt offline, if one was named. */
export async function readStampVerdict(
  context: Context,
  xml: Uint8Array,
  options: StampOptions,
): Promise<StampVerdict | undefined> {
  if (options.stamp === undefined) return undefined
  if (options.tsaAnchor === undefined) {
    throw new UsageError(
      'name whom you trust for time stamps with --tsa-anchor FILE',
      'hãy chỉ ra chứng thư gốc của dịch vụ cấp dấu thời gian bằng --tsa-anchor TỆP',
    )
  }
  const anchors = parseCertificates(await readFile(context.file(options.tsaAnchor)))
  const stamp = stampIn(await readFile(context.file(options.stamp), 'utf8'))
  return verifyReceiptStamp(xml, stamp, { trust: createTrust({ anchors, crls: [] }), at: new Date() })
}

function stampIn(text: string): ReceiptStamp {
  try {
    const stamp: ReceiptStamp = JSON.parse(text)
    if (Array.isArray(stamp.tree.proof) && typeof stamp.token === 'string') return stamp
  } catch {
    // Said below, as for any other file that is no stamp.
  }
  throw new UsageError('the file is no time stamp of a receipt', 'tệp không phải là dấu thời gian của biên nhận')
}

export function stampLines({ verdict, code, detail, provenAt, tsa }: StampVerdict, words: Words): string[] {
  if (verdict !== 'VALID' || !provenAt) return [words.say('stampBad'), `  ${detail ?? code} [${code}]`]
  return [
    words.say('stampGood'),
    ...facts([
      [words.say('at'), words.time(provenAt.toISOString())],
      ['TSA', tsa],
    ]),
  ]
}
