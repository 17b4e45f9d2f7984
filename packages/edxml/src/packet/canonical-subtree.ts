import { ByteArena } from '../xml/byte-arena.ts'
import { PrefixScope } from '../xml/namespaces.ts'
import { renderDeclarations, writeStartTag } from './canonical-tag.ts'
import type { CanonicalPacket, XmlElement } from './element.ts'

/** A subtree grows by the name spaces that it declares again: a packet built for that is refused. */
const maxSubtreeBytes = 8 * 1024 * 1024

/**
 * Exclusive XML Canonicalization 1.0 (RFC 3741) of one element of a packet, as if it stood alone: name spaces that it
 * visibly uses are declared again, though an ancestor outside declares them. Everything else stands in the skeleton as
 * it has to.
 *
 * @throws XmlRefusal when it grows out of all proportion
 */
export function canonicalSubtree({ bytes }: Pick<CanonicalPacket, 'bytes'>, apex: XmlElement): Buffer {
  const target = new ByteArena(maxSubtreeBytes)
  render(bytes, apex, new PrefixScope(), target)
  return target.bytes.subarray(0, target.length)
}

function render(bytes: Buffer, element: XmlElement, rendered: PrefixScope, target: ByteArena): void {
  rendered.open()
  const declarations = renderDeclarations(element, rendered)
  if (declarations.length === element.declared) target.append(bytes, element.start, element.contentStart)
  else writeStartTag(target, { bytes: nameOf(bytes, element) }, element.attributes, declarations)
  let from = element.contentStart
  for (const child of element.children) {
    target.append(bytes, from, child.start)
    render(bytes, child, rendered, target)
    from = child.end
  }
  target.append(bytes, from, element.end)
  rendered.close()
}

/** The name as it stands in the end tag. */
function nameOf(bytes: Buffer, { contentEnd, end }: XmlElement): Buffer {
  return bytes.subarray(contentEnd + 2, end - 1)
}
