import { ByteArena } from '../xml/byte-arena.ts'
import { PrefixScope } from '../xml/namespaces.ts'
import { renderDeclarations, writeStartTag } from './canonical-tag.ts'
import type { CanonicalPacket, XmlElement } from './element.ts'

/** A subtree grows by the name spaces that it declares again: a packet built for that is refused. */
const maxSubtreeBytes = 8 * 1024 * 1024
/** What an apex declares that an ancestor outside has declared, as a rule. */
const roomForDeclarations = 256

interface Rendering {
  readonly bytes: Buffer
  readonly rendered: PrefixScope
  readonly target: ByteArena
  /** Offset in the skeleton up to which everything is written. */
  done: number
}

/**
 * Exclusive XML Canonicalization 1.0 (RFC 3741) of one element of a packet, as if it stood alone: name spaces that it
 * visibly uses are declared again, though an ancestor outside declares them. Everything else stands in the skeleton as
 * it has to, and is copied in one go.
 *
 * @throws XmlRefusal when it grows out of all proportion
 */
export function canonicalSubtree({ bytes }: Pick<CanonicalPacket, 'bytes'>, apex: XmlElement): Buffer {
  const firstBytes = Math.min(apex.end - apex.start + roomForDeclarations, maxSubtreeBytes)
  const target = new ByteArena(maxSubtreeBytes, { firstBytes })
  const rendering = { bytes, rendered: new PrefixScope(), target, done: apex.start }
  render(rendering, apex)
  target.append(bytes, rendering.done, apex.end)
  return target.bytes.subarray(0, target.length)
}

function render(rendering: Rendering, element: XmlElement): void {
  const { bytes, rendered, target } = rendering
  rendered.open()
  const declarations = renderDeclarations(element, rendered)
  if (declarations.length !== element.declared) {
    target.append(bytes, rendering.done, element.start)
    writeStartTag(target, openingOf(bytes, element), element.attributes, declarations)
    rendering.done = element.contentStart
  }
  for (const child of element.children) render(rendering, child)
  rendered.close()
}

/** `<` and the name. */
function openingOf(bytes: Buffer, { start, contentEnd, end }: XmlElement): Buffer {
  const endTagBytes = end - contentEnd
  return bytes.subarray(start, start + endTagBytes - '/>'.length)
}
