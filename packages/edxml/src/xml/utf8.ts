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
