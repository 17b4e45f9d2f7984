import type { Attachment, DocumentAction } from '../model.ts'
import type { XmlElement } from '../packet/element.ts'
import type { EnvelopeLimits } from '../reading.ts'
import { type Content, ContentReader } from './attachment-content.ts'
import { Block, blockShape, type ReadContext } from './block.ts'
import { safeFileName } from './file-name.ts'
import { matchFiles } from './match-files.ts'

const bodyShape = blockShape(['edXMLManifest'])
const manifestShape = blockShape([], ['Reference'])
const filesShape = blockShape([], ['Attachment'])
const referenceShape = blockShape(['ContentId', 'ContentType', 'Description', 'AttachmentName'])
const attachmentShape = blockShape([
  'ContentId',
  'AttachmentName',
  'Description',
  'ContentType',
  'ContentTransferEncoded',
  'Format',
  'FieldName',
  'MimeType',
])
const maxName = 500

/** What Reference and Attachment both say of a file. */
export interface FileEntry {
  readonly element: XmlElement
  readonly contentId: string | undefined
  readonly name: string | undefined
  readonly type: string | undefined
  readonly description: string | undefined
}

interface CarriedFile extends FileEntry {
  readonly encoded: XmlElement | undefined
}

/** Reads manifest and attachments and brings them together (edXML 4.3 and 7). */
export function readAttachments(
  context: ReadContext,
  root: Block,
  envelope: Block,
  action: DocumentAction | undefined,
  limits: EnvelopeLimits,
): Attachment[] {
  const references = readReferences(context, envelope, action)
  const files = readFiles(context, root)
  const [overflow] = [references, files].filter(list => list.length > limits.maxAttachments).map(list => list[0])
  if (overflow !== undefined) {
    context.findings.at(overflow.element, 'R', 'E', { max: limits.maxAttachments })
    return []
  }
  const matches = matchFiles(context.findings, references, files)
  const contents = new ContentReader(context, limits)
  return files.flatMap((file, index) => {
    const reference = matches.get(file)
    const name = reference?.name ?? file.name
    const content = file.encoded && contents.read(file.encoded, file.element, name)
    return content === undefined ? [] : [joined(file, reference, name ?? `attachment-${index + 1}`, content)]
  })
}

/** The manifest's name counts (edXML 7.5). */
function joined(file: FileEntry, reference: FileEntry | undefined, name: string, content: Content): Attachment {
  return {
    contentId: reference?.contentId ?? file.contentId,
    name: safeFileName(name),
    description: reference?.description ?? file.description,
    declaredType: reference?.type ?? file.type,
    ...content,
  }
}

function readReferences(context: ReadContext, envelope: Block, action: DocumentAction | undefined): FileEntry[] {
  const body = envelope.block('edXMLBody', bodyShape)
  const manifest = body.child('edXMLManifest')
  const letter = action === 'revoke' || action === 'update' ? '-' : 'S'
  if (manifest === undefined) {
    const place = body.element ?? envelope.element
    if (place !== undefined) context.findings.missingBlock(place, 'edXMLManifest', letter)
    return []
  }
  const version = manifest.attributes.find(({ name, prefix }) => prefix === '' && name === 'version')
  if (version !== undefined && version.rawValue !== '1.0') context.findings.at(manifest, 'M', 'S')
  const block = Block.of(context, manifest, manifestShape)
  const references = block.all('Reference')
  if (references.length === 0) block.missing('Reference', letter)
  return references.map(element => readEntry(context, element, Block.of(context, element, referenceShape)))
}

function readFiles(context: ReadContext, root: Block): CarriedFile[] {
  const element = root.child('AttachmentEncoded')
  if (element === undefined) return []
  const list = Block.of(context, element, filesShape)
  return list.all('Attachment').map(file => {
    const block = Block.of(context, file, attachmentShape)
    const encoded = block.child('ContentTransferEncoded')
    if (encoded === undefined) block.missing('ContentTransferEncoded', 'E')
    return { ...readEntry(context, file, block), encoded }
  })
}

function readEntry(context: ReadContext, element: XmlElement, block: Block): FileEntry {
  const name = block.text('AttachmentName', { missing: 'W' })
  const nameElement = block.child('AttachmentName')
  const length = name === undefined ? 0 : [...name].length
  if (nameElement !== undefined && length > maxName) {
    context.findings.custom(nameElement, 'R.AttachmentName', 'S', { max: maxName, length })
  }
  return {
    element,
    contentId: block.identifier('ContentId', { max: 200, missing: 'W' })?.replace(/^cid:/i, ''),
    name,
    type: block.text('ContentType', { max: 100 }),
    description: block.text('Description', { max: 500 }),
  }
}
