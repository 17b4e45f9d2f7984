import { hash } from 'node:crypto'
import type { Attachment } from '../model.ts'
import type { EnvelopeLimits } from '../reading.ts'
import type { XmlElement } from '../xml/element.ts'
import { decodeBase64 } from './base64.ts'
import type { ReadContext } from './block.ts'
import { fitsName, sniffType } from './sniff.ts'
import { extensionOf, startsLikeZip, unwrapZip } from './zip-wrapper.ts'

export type Content = Pick<Attachment, 'carried' | 'content' | 'wrapped' | 'sniffedType'>

const damagedPrefixBytes = 1024
/** U+FFFD, which a text decoder puts for every byte that it could not read. */
const replacementCharacter = Buffer.from([0xef, 0xbf, 0xbd])

/** Decodes and unwraps the attachments of one packet, within its budget of unwrapped bytes. */
export class ContentReader {
  readonly #context: ReadContext
  readonly #limits: EnvelopeLimits
  #remainingBytes: number

  constructor(context: ReadContext, limits: EnvelopeLimits) {
    this.#context = context
    this.#limits = limits
    this.#remainingBytes = limits.maxUnwrappedBytes
  }

  /**
   * @param encoded ContentTransferEncoded, not empty
   * @param attachment its Attachment, where faults of the file are reported
   * @param name the file's name for people
   */
  read(encoded: XmlElement, attachment: XmlElement, name: string | undefined): Content | undefined {
    const { findings, packet } = this.#context
    const text = encoded.children.length > 0 ? undefined : packet.latin1.slice(encoded.contentStart, encoded.contentEnd)
    const carried = text === undefined ? undefined : decodeBase64(text.replaceAll('&#xD;', '\r'))
    if (carried === undefined) {
      findings.at(encoded, 'T', 'E')
      return undefined
    }
    if (isDamaged(carried)) return this.#damaged(attachment, carried)
    return this.#unwrapped(attachment, carried, name)
  }

  #unwrapped(attachment: XmlElement, carried: Buffer, name: string | undefined): Content | undefined {
    const { findings } = this.#context
    const unwrapped = unwrapZip(carried, name, this.#limits, this.#remainingBytes)
    if (unwrapped.kind === 'broken') {
      findings.at(attachment, 'M', 'E')
      return undefined
    }
    const content = unwrapped.kind === 'content' ? unwrapped.content : carried
    if (unwrapped.kind === 'too-large' || content.length > Math.min(this.#limits.maxFileBytes, this.#remainingBytes)) {
      findings.at(attachment, 'R', 'E', { max: this.#limits.maxFileBytes })
      return undefined
    }
    this.#remainingBytes -= content.length
    if (content !== carried && isDamaged(content)) return this.#damaged(attachment, carried)

    const sniffedType = sniffType(content)
    const entryName = unwrapped.kind === 'content' ? unwrapped.entryName : name
    if (name !== undefined && !(sameExtension(name, entryName) && fitsName(name, sniffedType))) {
      findings.custom(attachment, 'M.AttachmentEncoded.Attachment.AttachmentName', 'W', {
        found: sniffedType ?? 'unknown',
      })
    }
    return describe(carried, content, sniffedType)
  }

  #damaged(attachment: XmlElement, carried: Buffer): Content {
    this.#context.findings.custom(attachment, 'M.AttachmentEncoded.Attachment.Damaged', 'S')
    return describe(carried, carried, sniffType(carried))
  }
}

function describe(carried: Buffer, content: Buffer, sniffedType: string | undefined): Content {
  const carriedFacts = { sha256: hash('sha256', carried), sizeBytes: carried.length }
  const wrapped = content !== carried
  const contentFacts = wrapped ? { sha256: hash('sha256', content), sizeBytes: content.length } : carriedFacts
  return { carried: carriedFacts, content: contentFacts, wrapped, sniffedType }
}

/** A PDF or ZIP that was read as text before it was encoded: it holds U+FFFD where bytes were (edXML 7.7). */
function isDamaged(bytes: Buffer): boolean {
  if (!startsLikeZip(bytes) && bytes.toString('latin1', 0, 4) !== '%PDF') return false
  const head = bytes.subarray(0, damagedPrefixBytes)
  const first = head.indexOf(replacementCharacter)
  return first !== -1 && head.indexOf(replacementCharacter, first + replacementCharacter.length) !== -1
}

function sameExtension(name: string, entryName: string | undefined): boolean {
  return entryName === undefined || extensionOf(name) === extensionOf(entryName)
}
