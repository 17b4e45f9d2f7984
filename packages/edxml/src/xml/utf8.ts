import { isUtf8 } from 'node:buffer'

/** How many bytes at the end begin a character that is cut off there; the bytes before need not be UTF-8. */
export function bytesOfCutCharacter(bytes: Uint8Array): number {
  for (let back = 1; back <= 3 && back <= bytes.length; back += 1) {
    const code = bytes[bytes.length - back] as number
    if (code < 0x80) return 0
    if (code >= 0xc0) return back < lengthByLead(code) ? back : 0
  }
  return 0
}

function lengthByLead(code: number): number {
  if (code < 0xe0) return 2
  return code < 0xf0 ? 3 : 4
}

/** How many bytes at the beginning are UTF-8, whole characters only. */
export function validPrefixBytes(bytes: Uint8Array): number {
  let valid = 0
  let invalid = bytes.length + 1
  while (invalid - valid > 1) {
    const middle = (valid + invalid) >> 1
    if (isUtf8(wholeCharacters(bytes.subarray(0, middle)))) valid = middle
    else invalid = middle
  }
  return wholeCharacters(bytes.subarray(0, valid)).length
}

function wholeCharacters(bytes: Uint8Array): Uint8Array {
  return bytes.subarray(0, bytes.length - bytesOfCutCharacter(bytes))
}
