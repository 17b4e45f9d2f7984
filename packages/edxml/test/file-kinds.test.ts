import { expect, it } from 'vitest'
import { fileKinds } from '../src/index.ts'

const ole = 'application/x-ole-storage'

it.each([
  { file: 'a PDF named as one', name: 'Quyết định.PDF', type: 'application/pdf', kinds: ['pdf'] },
  { file: 'one of whose content nothing is known yet', name: 'a.docx', type: undefined, kinds: ['docx'] },
  { file: 'an old Word file, not any OLE file', name: 'a.doc', type: ole, kinds: ['doc'] },
  { file: 'an archive that calls itself a PDF', name: 'a.pdf', type: 'application/zip', kinds: ['zip'] },
  { file: 'a text of an extension nobody judges', name: 'a.csv', type: 'text/plain', kinds: ['csv', 'txt'] },
  { file: 'a PDF without extension', name: 'quyet-dinh', type: 'application/pdf', kinds: ['pdf'] },
  { file: 'something unknown without extension', name: 'a', type: undefined, kinds: [] },
])('takes $file for $kinds', ({ name, type, kinds }) => {
  expect(fileKinds(name, type)).toEqual(kinds)
})
