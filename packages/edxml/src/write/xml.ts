import { Builder } from 'xml2js'
import { qcvn } from '../wire.ts'
import type { XmlChildren } from './values.ts'

const builder = new Builder({
  xmldec: { version: '1.0', encoding: 'UTF-8' },
  renderOpts: { pretty: true, indent: '  ', newline: '\n' },
})

/** The packet as D1 has it: UTF-8 without byte-order mark, LF, two-space indent, root with the default name space. */
export function packetXml(children: XmlChildren): Buffer {
  return Buffer.from(`${builder.buildObject({ edXML: { $: { xmlns: qcvn }, ...children } })}\n`, 'utf8')
}
