/** Orders of the named curves by object identifier (FIPS 186-5, SEC 2). */
const orders: Readonly<Record<string, bigint>> = {
  '1.2.840.10045.3.1.7': 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n,
  '1.3.132.0.34': 0xffffffffffffffffffffffffffffffffffffffffffffffffc7634d81f4372ddf581a0db248b0a77aecec196accc52973n,
  '1.3.132.0.35':
    0x01fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffa51868783bf2f966b7fcc0148f709a5d03bb5c9b8899c47aebb6fb71e91386409n,
}

/** Whether the value is r‖s, each of the length of the order, above 0 and below it (RFC 9231; CVE-2022-21449; V18). */
export function isFixedLengthSignature(value: Buffer, curve: string | undefined): boolean {
  const order = orders[curve ?? '']
  if (order === undefined) return false
  const half = Math.ceil(order.toString(16).length / 2)
  if (value.length !== half * 2) return false
  return [value.subarray(0, half), value.subarray(half)].every(part => {
    const number = BigInt(`0x${part.toString('hex')}`)
    return number > 0n && number < order
  })
}
