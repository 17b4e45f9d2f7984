import { actions, qcvn } from '../wire.ts'
import { envelopeBlock, partyBlock, staffBlock } from './blocks.ts'
import type { AttachmentInput, DocumentInput } from './input.ts'
import { prefixed, wireDay, wireFlag, wireText, wireTime, type XmlChildren } from './values.ts'
import { packetXml } from './xml.ts'
import { wrapInZip } from './zip-wrapper.ts'

/**
 * Writes a document as D1, unsigned: a signer puts `Signature` as the last child of edXMLHeader (edXML 2.2, 10.2).
 *
 * @param newId gives a new UUID for each call; called twice per attachment
 * @returns UTF-8 bytes
 * @throws HubError `REQUEST_INVALID` for values that XML cannot carry
 */
export function writeDocument(input: DocumentInput, newId: () => string): Buffer {
  const files = input.attachments.map(attachment => ({ ...attachment, contentId: `cid:${newId()}`, entryId: newId() }))
  const header: XmlChildren = {
    'edXML:MessageHeader': messageHeader(input),
    'edXML:TraceHeaderList': traceHeaderList(input),
  }
  const body = { 'edXML:edXMLManifest': { $: { version: '1.0' }, 'edXML:Reference': files.map(reference) } }
  return packetXml({
    'edXML:edXMLEnvelope': envelopeBlock(header, body),
    ...(files.length === 0 ? {} : { AttachmentEncoded: { Attachment: files.map(attachment) } }),
  })
}

interface WireFile extends AttachmentInput {
  readonly contentId: string
  readonly entryId: string
}

function messageHeader(input: DocumentInput): XmlChildren | undefined {
  return prefixed({
    From: partyBlock(input.sender),
    To: input.receivers.map(partyBlock),
    DocumentId: wireText(input.documentId),
    Code: prefixed({ CodeNumber: wireText(input.code.number), CodeNotation: wireText(input.code.notation) }),
    PromulgationInfo: prefixed({ Place: wireText(input.issuedAt), PromulgationDate: wireDay(input.issuedOn) }),
    DocumentType: prefixed({
      Type: wireText(input.documentType.type),
      TypeDetail: wireText(input.documentType.typeDetail),
      TypeName: wireText(input.documentType.name),
    }),
    Subject: wireText(input.subject),
    Content: wireText(input.content),
    SignerInfo: prefixed({
      Competence: wireText(input.signer?.capacity),
      Position: wireText(input.signer?.position),
      FullName: wireText(input.signer?.fullName),
    }),
    DueDate: wireDay(input.dueOn),
    OtherInfo: otherInfo(input),
    ResponseFor: input.repliesTo?.map(link =>
      prefixed({
        OrganId: wireText(link.agencyCode),
        Code: wireText(link.code),
        PromulgationDate: wireDay(link.issuedOn),
        DocumentId: wireText(link.documentId),
      }),
    ),
    SteeringType: wireText(input.steeringType),
    ToPlaces: prefixed({ Place: input.recipientLines?.map(wireText) }),
    ResponseForTask: prefixed({ TaskCode: input.taskCodes?.map(wireText) }),
    ApplicationType: wireText(input.applicationType),
  })
}

function otherInfo(input: DocumentInput): XmlChildren | undefined {
  return prefixed({
    Priority: wireText(input.priority),
    SphereOfPromulgation: wireText(input.scope),
    TyperNotation: wireText(input.typist),
    PromulgationAmount: wireText(input.copies),
    PageAmount: wireText(input.pages),
    Direction: wireText(input.direction),
    Appendixes: prefixed({ Appendix: input.appendices?.map(wireText) }),
  })
}

function traceHeaderList(input: DocumentInput): XmlChildren | undefined {
  return prefixed({
    TraceHeader: prefixed({ OrganId: wireText(input.sender.agencyCode), Timestamp: wireTime(input.sentAt) }),
    Bussiness: business(input),
  })
}

function business(input: DocumentInput): XmlChildren | undefined {
  const action = input.action ?? 'new'
  const block = prefixed({
    DocumentId: wireText(input.target),
    BussinessDocType: String(actions.indexOf(action)),
    BussinessDocReason: wireText(input.reason),
    Paper: wireFlag(input.paperFollows),
    BussinessDocumentInfo: updateBlock(input),
    ReplacementInfoList: prefixed({
      ReplacementInfo: input.replaces?.map(replacement =>
        prefixed({
          DocumentId: wireText(replacement.documentId),
          OrganIdList: prefixed({ OrganId: replacement.agencyCodes.map(wireText) }),
        }),
      ),
    }),
    StaffInfo: staffBlock(input.staff),
  })
  const saysNothing = action === 'new' && block !== undefined && Object.keys(block).length === 1
  return saysNothing ? undefined : block
}

function updateBlock({ update }: DocumentInput): XmlChildren | undefined {
  if (update === undefined) return undefined
  return prefixed({
    DocumentInfo: wireFlag(update.documentChanges),
    DocumentReceiver: wireFlag(update.receiversChange),
    ReceiverList: prefixed({
      Receiver: update.receivers.map(receiver =>
        prefixed({ OrganId: wireText(receiver.agencyCode), ReceiverType: wireText(receiver.type) }),
      ),
    }),
  })
}

function reference(file: WireFile): XmlChildren | undefined {
  return prefixed({
    ContentId: file.contentId,
    ContentType: wireText(file.type),
    Description: wireText(file.description),
    AttachmentName: wireText(file.name),
  })
}

function attachment(file: WireFile): XmlChildren {
  const description = wireText(file.description)
  return {
    ContentId: file.contentId,
    AttachmentName: wireText(file.name),
    ...(description === undefined ? {} : { Description: description }),
    ContentType: 'application/zip',
    'edXML:ContentTransferEncoded': {
      $: { 'xmlns:edXML': qcvn },
      _: wrapInZip(`${file.entryId}.${extensionOf(file.name)}`, file.content).toString('base64'),
    },
  }
}

/** Extension for the wrapper's entry: letters and digits only, `bin` when the name has none. */
function extensionOf(name: string): string {
  return /\.([A-Za-z0-9]{1,10})$/.exec(name.trim())?.[1] ?? 'bin'
}
