import type { Sql } from '@docaxis/store'
import {
  codesInScope,
  type DocumentQuestion,
  type ListedDocument,
  listedDocuments,
  type PageWish,
  searchDocuments,
} from '@docaxis/store/console'
import type { Person } from '../access/person.ts'

export interface DocumentRow extends Omit<ListedDocument, 'acceptedAt' | 'internal'> {
  readonly acceptedAt: string
  /** For the agencies concerned alone: the staff of the hub see that there is one, not what it is about. */
  readonly subjectHidden: boolean
  /** At how many of its receivers all is true that is asked; null: nothing is asked of them. */
  readonly matching: number | null
}

export interface RowPage {
  readonly items: readonly DocumentRow[]
  /** Id to go on after; null at the end. */
  readonly next: string | null
}

/** One page of documents that a person sees. */
export async function documentRows(
  sql: Sql,
  person: Pick<Person, 'scope'>,
  question: DocumentQuestion,
  wish: PageWish,
): Promise<RowPage> {
  const [codes, { ids, more, matching }] = await Promise.all([
    codesInScope(sql, person.scope),
    searchDocuments(sql, person.scope, question, wish),
  ])
  const rows = await listedDocuments(sql, ids, codes)
  return {
    items: rows.map((row, place) => shown(row, person, matching?.[place])),
    next: more ? (ids.at(-1) ?? null) : null,
  }
}

function shown(
  { internal, acceptedAt, ...row }: ListedDocument,
  person: Pick<Person, 'scope'>,
  matching: number | undefined,
): DocumentRow {
  const subjectHidden = internal && person.scope.everything
  const subject = subjectHidden ? null : row.subject
  return { ...row, acceptedAt: acceptedAt.toISOString(), subject, subjectHidden, matching: matching ?? null }
}
