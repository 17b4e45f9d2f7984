import { usePick } from '../language.tsx'
import { type Column, Table } from '../parts/table.tsx'
import { fieldWords } from './field-words.ts'
import { importWords as words } from './import-words.ts'

type FieldRow = readonly [field: string, words: (typeof fieldWords)[string]]

/** What the columns of a file mean, where somebody needs it. */
export function ColumnHelp() {
  const pick = usePick()
  const columns: readonly Column<FieldRow>[] = [
    { head: pick(words.column), cell: ([field]) => <code>{field}</code> },
    { head: pick(words.meaning), cell: ([, meaning]) => pick(meaning) },
    { head: pick(words.form), cell: ([, { form }]) => (form ? pick(form) : '–') },
  ]
  return (
    <details class="how">
      <summary>{pick(words.columns)}</summary>
      <p class="small">{pick(words.needed)}</p>
      <Table
        caption={pick(words.columnsCaption)}
        columns={columns}
        rows={Object.entries(fieldWords)}
        keyOf={([field]) => field}
      />
    </details>
  )
}
