import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { finding, HubError, problemCodes, verificationCodes } from '../src/index.ts'

const readme = readFileSync(join(import.meta.dirname, '../README.md'), 'utf8')

/** Codes that the error vocabulary names (edXML 11), and those of the flow. */
const namedCodes = [
  'M.XML',
  'M.XML.Namespace',
  'M.XML.Doctype',
  'R.XML.Size',
  'R.XML.Depth',
  'R.XML.Elements',
  'M.Dialect',
  'M.Dialect.D2',
  'M.Dialect.D3',
  'M.Dialect.D4',
  'M.MessageType',
  'N.edXMLEnvelope',
  'N.edXMLHeader',
  'N.MessageHeader',
  'N.MessageHeader.From.OrganId',
  'N.MessageHeader.To',
  'N.MessageHeader.To.OrganId',
  'N.MessageHeader.DocumentId',
  'M.MessageHeader.From.OrganId',
  'R.MessageHeader.To.OrganId',
  'M.MessageHeader.To.OrganId',
  'M.MessageHeader.To.Closed',
  'M.MessageHeader.To.Locked',
  'M.MessageHeader.To.NotConnected',
  'R.MessageHeader.To.Size',
  'R.MessageHeader.To.KitSize',
  'M.MessageHeader.To.FileType',
  'M.MessageHeader.To.Silent',
  'M.MessageHeader.From.OrganName',
  'M.MessageHeader.To.OrganName',
  'T.MessageHeader.PromulgationInfo.PromulgationDate',
  'R.MessageHeader.OtherInfo.Priority',
  'R.TraceHeaderList.Bussiness.BussinessDocType',
  'N.TraceHeaderList.Bussiness.ReplacementInfoList',
  'M.TraceHeaderList.Bussiness.DocumentId',
  'M.TraceHeaderList.Loop',
  'N.AttachmentEncoded.Attachment',
  'M.edXMLManifest.Reference',
  'T.AttachmentEncoded.Attachment.ContentTransferEncoded',
  'N.AttachmentEncoded.Attachment.ContentTransferEncoded',
  'R.AttachmentEncoded.Attachment',
  'M.AttachmentEncoded.Attachment',
  'M.AttachmentEncoded.Attachment.Damaged',
  'M.AttachmentEncoded.Attachment.ContentId',
  'R.AttachmentName',
  'N.MessageHeader.ResponseFor.OrganId',
  'N.MessageHeader.StatusCode',
  'R.MessageHeader.StatusCode',
  'M.UpdateStatusDoc',
  'M.Exist',
  'M.Exist.Rebuilt',
  'Permission',
  'CheckSignature',
  'CheckAttachment',
  'MalwareFound',
  'MalwareUnchecked',
  'M.StateSecret',
  'ACTION_NOT_APPLIED',
]

describe('the README explains', () => {
  it.each([...Object.keys(problemCodes), ...Object.keys(verificationCodes)])('%s', code => {
    expect(readme).toMatch(new RegExp(`^\\| \`${code}\` +\\| \\w.{5,} \\| \\w.{5,} \\|$`, 'm'))
  })

  it('no code that does not exist', () => {
    const known = new Set([...Object.keys(problemCodes), ...Object.keys(verificationCodes)])
    const explained = [...readme.matchAll(/^\| `([A-Z_]+)` +\|/gm)].map(match => match[1])

    expect(explained.filter(code => code === undefined || !known.has(code))).toEqual([])
  })
})

it.each([...namedCodes, ...Object.keys(verificationCodes)])('%s has a sentence and a hint in both languages', code => {
  const { vi, en, hint } = finding(code, { path: 'MessageHeader' })

  for (const sentence of [vi, en]) {
    expect(sentence).toMatch(/^[\p{Lu}].{9,}\(MessageHeader\)\.$/u)
    expect(sentence).not.toMatch(/phần tử [A-Z]|the element [A-Z]|with code/)
  }
  expect(hint.vi).not.toBe(hint.en)
})

it('speaks of the field as a clerk does', () => {
  const { vi, en } = finding('N.MessageHeader.Code.CodeNumber', { path: 'MessageHeader/Code/CodeNumber' })

  expect(vi).toBe('Thiếu số của văn bản (MessageHeader/Code/CodeNumber).')
  expect(en).toBe('The number of the document is missing (MessageHeader/Code/CodeNumber).')
})

it('says the limit, and that an element is repeated', () => {
  expect(finding('R.MessageHeader.Subject', { path: 'p', details: { max: 500 } }).vi).toBe(
    'Trích yếu vượt giới hạn cho phép (tối đa 500) (p).',
  )
  expect(finding('M.MessageHeader.From.OrganId', { path: 'p', details: { occurrences: 2 } }).en).toBe(
    'The code of the sending agency stands more than once where one is allowed (p).',
  )
})

it('refuses unless told to warn', () => {
  expect(finding('M.Exist', { path: 'p' }).severity).toBe('error')
  expect(finding('M.Exist.Rebuilt', { path: 'p', severity: 'warning' }).severity).toBe('warning')
})

it('says something true even of a code it does not know', () => {
  expect(finding('SOMETHING_NEW', { path: '' })).toMatchObject({
    en: 'The envelope has a fault with code SOMETHING_NEW.',
  })
})

it('a HubError answers with the status of its code', () => {
  const error = new HubError('STORAGE_UNAVAILABLE', 'no answer', { retryAfterSeconds: 5 })

  expect(error).toMatchObject({ status: 503, retryable: true, retryAfterSeconds: 5, findings: [], details: {} })
})
