import { Refusal } from '../refusal.ts'
import type { Audit } from './audit.ts'
import type { Survey } from './survey.ts'

/** More than this no document holds that somebody reads. */
export const maxSignatures = 20

/** Rules about the document as a whole, with all its Signatures (V03, V05, V11). */
export function checkDocument({ signatures, nested, stray, manifests, repeatedIds }: Survey, audit: Audit): void {
  const count = signatures.length
  const [repeated] = repeatedIds
  const rule = (name: string, fact: string, refusal: Refusal | false) =>
    audit.apply(name, fact, () => {
      if (refusal) throw refusal
    })
  rule('V03', 'the document is signed', count === 0 && new Refusal('NOT_SIGNED', 'V03', 'there is no Signature'))
  rule('V03', `${count} Signature(s)`, count > maxSignatures && structure(`${count} Signatures, 20 are allowed`))
  rule('V03', 'no Signature inside another', nested > 0 && structure('a Signature inside another Signature'))
  rule('V03', 'no parts of a Signature elsewhere', stray.length > 0 && structure(`${stray[0]} outside a Signature`))
  rule('V11', 'no Manifest', manifests > 0 && manifest())
  rule('V05', 'ids are unique', repeated !== undefined && twice(repeated))
}

function structure(detail: string): Refusal {
  return new Refusal('SIGNATURE_STRUCTURE', 'V03', detail)
}

function manifest(): Refusal {
  return new Refusal('REFERENCE_FORBIDDEN', 'V11', 'a Manifest, whose digests nobody checks')
}

function twice(id: string): Refusal {
  return new Refusal('ID_NOT_UNIQUE', 'V05', `id ${id.slice(0, 40)} stands more than once`)
}
