import { type ContentFacts, examine, type FileFacts } from '../attachment/content-facts.ts'
import { fitsName } from '../attachment/sniff.ts'
import type { ZipEntry } from '../attachment/zip-directory.ts'
import { extensionOf, isWrapper } from '../attachment/zip-wrapper.ts'
import type { Attachment } from '../model.ts'
import type { XmlElement } from '../packet/element.ts'
import type { EnvelopeLimits } from '../reading.ts'
import type { ReadContext } from './block.ts'

export type Content = Pick<Attachment, 'carried' | 'content' | 'wrapped' | 'sniffedType'>

/** Judges the files of one packet, within its budget of unwrapped bytes. */
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
    const { findings } = this.#context
    const { state, file } = encoded.carried ?? { state: 'invalid' }
    if (state !== 'valid' || encoded.children.length > 0) {
      findings.at(encoded, 'T', 'E')
      return undefined
    }
    if (file === undefined) return undefined
    const isWanted = (entry: ZipEntry) => isWrapper(entry, name)
    const facts = file.facts ?? examine(file, this.#limits, this.#remainingBytes, isWanted)
    return facts.carried.damaged ? this.#damaged(attachment, facts.carried) : this.#unwrapped(attachment, facts, name)
  }

  #unwrapped(
    attachment: XmlElement,
    { carried, wrapped }: ContentFacts,
    name: string | undefined,
  ): Content | undefined {
    const { findings } = this.#context
    const inside = typeof wrapped === 'object' && isWrapper(wrapped.entry, name) ? wrapped : undefined
    const content = inside === undefined ? carried : inside.content
    if (wrapped === 'broken' || content === 'broken') {
      findings.at(attachment, 'M', 'E')
      return undefined
    }
    const { maxFileBytes } = this.#limits
    if (content === 'too-large' || content.sizeBytes > Math.min(maxFileBytes, this.#remainingBytes)) {
      findings.at(attachment, 'R', 'E', { max: maxFileBytes })
      return undefined
    }
    this.#remainingBytes -= content.sizeBytes
    if (content.damaged) return this.#damaged(attachment, carried)

    const entryName = inside?.entry.name ?? name
    if (name !== undefined && !(sameExtension(name, entryName) && fitsName(name, content.sniffedType))) {
      findings.custom(attachment, 'M.AttachmentEncoded.Attachment.AttachmentName', 'W', {
        found: content.sniffedType ?? 'unknown',
      })
    }
    return described(carried, content)
  }

  #damaged(attachment: XmlElement, carried: FileFacts): Content {
    this.#context.findings.custom(attachment, 'M.AttachmentEncoded.Attachment.Damaged', 'S')
    return described(carried, carried)
  }
}

function described(carried: FileFacts, content: FileFacts): Content {
  const { sha256, sizeBytes, sniffedType } = content
  return {
    carried: { sha256: carried.sha256, sizeBytes: carried.sizeBytes },
    content: { sha256, sizeBytes },
    wrapped: content !== carried,
    sniffedType,
  }
}

function sameExtension(name: string, entryName: string | undefined): boolean {
  return entryName === undefined || extensionOf(name) === extensionOf(entryName)
}
