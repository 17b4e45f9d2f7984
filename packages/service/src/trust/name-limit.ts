import { isIPv4 } from 'node:net'
import type { GeneralName } from '@docaxis/pki'
import { type SubjectName, writeName } from '@docaxis/pki/authority'

/** Kinds of GeneralName by the word an operator writes before the colon (RFC 5280 section 4.2.1.10). */
const kinds: Readonly<Record<string, number>> = { mail: 1, dns: 2, uri: 6 }

const nameParts: Readonly<Record<string, keyof SubjectName>> = {
  C: 'country',
  L: 'locality',
  O: 'organization',
  OU: 'organizationalUnit',
}

/**
 * A name limit of an anchor: `dn:C=VN,O=Bộ Công an`, `dns:gov.vn`, `mail:gov.vn`, `uri:.gov.vn`, `ip:10.1.0.0/16`.
 *
 * @throws TypeError for anything else
 */
export function readNameLimit(text: string): GeneralName {
  const [, word = '', value = ''] = /^(mail|dns|uri|ip):(\S+)$/.exec(text) ?? []
  const kind = kinds[word]
  if (kind !== undefined && isAscii(value)) return { kind, content: Buffer.from(value, 'latin1') }
  const name = text.startsWith('dn:') ? nameOf(text.slice(3)) : undefined
  if (name) return { kind: 4, content: name }
  const network = word === 'ip' ? networkOf(value) : undefined
  if (network) return { kind: 7, content: network }
  throw new TypeError(
    `${text} is no name limit: write dn: (C, L, O, OU), dns:, mail:, uri: or ip: with a network of IPv4`,
  )
}

/** In the order country, locality, organization, unit, whatever the order written. */
function nameOf(text: string): Buffer | undefined {
  const parts = text.split(/,(?=\s*[A-Z]+=)/).map(part => /^\s*([A-Z]+)=(.+?)\s*$/u.exec(part))
  const subject: Partial<Record<keyof SubjectName, string>> = {}
  for (const part of parts) {
    const key = nameParts[part?.[1] ?? '']
    if (key === undefined || subject[key] !== undefined) return undefined
    subject[key] = part?.[2]
  }
  return writeName(subject)
}

/** Address and mask, four octets each. */
function networkOf(text: string): Buffer | undefined {
  const [address = '', bits = ''] = text.split('/')
  if (!isIPv4(address) || !/^\d{1,2}$/.test(bits) || Number(bits) > 32) return undefined
  const mask = Buffer.alloc(4)
  mask.writeUInt32BE(Number((0xffff_ffffn << BigInt(32 - Number(bits))) & 0xffff_ffffn))
  return Buffer.concat([Buffer.from(address.split('.').map(Number)), mask])
}

function isAscii(text: string): boolean {
  return /^[\x21-\x7e]+$/.test(text)
}
