import type { PdfDocument, View } from './reader/document.ts'
import { type FormField, formFields, fullNameOf, isSignatureField } from './reader/fields.ts'
import { limits, PdfFault } from './reader/limits.ts'
import { entriesOf, isKind } from './reader/values.ts'
import { lockOf, readSignatureDictionary, resolvedEntries, type SignatureDictionary } from './signature-dictionary.ts'
import { unnamedSignatures } from './unnamed-signatures.ts'

/** A signature with the field that names it. */
export interface FoundSignature extends SignatureDictionary {
  /** Object number of the dictionary. */
  readonly object: number
  /** Absent: no field of the form names it, so no viewer shows it. */
  readonly field?: { readonly name: string; readonly form: FormField }
}

/** Every signature of the document in the order of signing: by how much of the file each covers. */
export async function findSignatures(document: PdfDocument): Promise<readonly FoundSignature[]> {
  const view = document.view(document.revisions.length - 1)
  const found = new Map<number, FoundSignature>()
  for (const field of await formFields(view)) {
    const signature = await signatureOfField(view, field)
    if (signature && !found.has(signature.object)) found.set(signature.object, signature)
  }
  for (const signature of await unnamedSignatures(document, [...found.values()])) {
    if (!found.has(signature.object)) found.set(signature.object, signature)
  }
  if (found.size > limits.signatures) throw new PdfFault(`more than ${limits.signatures} signatures`)
  return [...found.values()].sort((one, other) => endOf(one) - endOf(other))
}

const endOf = ({ byteRange: [, , start = 0, length = 0] }: SignatureDictionary) => start + length

async function signatureOfField(view: View, form: FormField): Promise<FoundSignature | undefined> {
  const value = form.dict.entries.get('V')
  if (value === undefined || value === null || !(await isSignatureField(view, form.dict))) return undefined
  if (!isKind(value, 'ref')) throw new PdfFault('signature written inside its field', 'V56')
  const object = await view.object(value.number)
  if (!object || !isKind(object.value, 'dict')) throw new PdfFault('signature field without a signature', 'V56')
  const dictionary = await readSignatureDictionary(view, object.value, object.span)
  const lock = entriesOf(await view.resolve(form.dict.entries.get('Lock')))
  const locks = lock.size === 0 ? [] : [lockOf(await resolvedEntries(view, lock))]
  return {
    ...dictionary,
    locks: [...dictionary.locks, ...locks],
    object: value.number,
    field: { name: await fullNameOf(view, form.dict), form },
  }
}
