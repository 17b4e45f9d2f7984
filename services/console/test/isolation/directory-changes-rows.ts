import { type Rows, reason, sha256 } from './entry.ts'

const managers = ['directory', 'administrator'] as const
const farAgencies = [{ code: 'H98.77', name: 'Xã mới', level: 'commune', parent: 'H98' }]
const farReform = {
  format: 'docaxis-reform-1',
  name: 'far',
  title: 'Another name',
  effectiveOn: '2990-01-01',
  changes: [{ do: 'rename', code: 'H98', name: 'Tên khác' }],
}
const seen = `version=0&sha256=${sha256}&reason=${encodeURIComponent(reason)}`

/** What is asked for, imported and reformed of the directory. */
export const directoryChangesRows: Rows = {
  'GET /agency-requests': { may: managers, sees: 'list' },
  'POST /agency-requests/:id/decision': {
    may: managers,
    sees: 'object',
    object: 'wish',
    body: { decision: 'refused', reason, seen: { name: 'Agency H98 mới' } },
  },
  'POST /agency-import/preview': {
    may: managers,
    sees: 'named',
    query: '?format=json&mode=merge',
    body: farAgencies,
  },
  // What was seen is another state of the directory, whoever asks: nothing is even read.
  'POST /agency-import': {
    may: managers,
    sees: 'own',
    query: `?format=json&mode=merge&${seen}`,
    body: farAgencies,
  },
  'GET /agency-export': { may: managers, sees: 'list', query: '?format=csv' },
  'GET /agency-templates/:name': { may: managers, sees: 'own', object: 'template' },
  'GET /reforms': { may: managers, sees: 'list' },
  'GET /reforms/:id': { may: managers, sees: 'object', object: 'reform' },
  'POST /reforms/:id/cancel': { may: managers, sees: 'object', object: 'reform', body: { reason }, works: [200, 409] },
  'POST /reforms/preview': { may: managers, sees: 'named', body: farReform },
  'POST /reforms': { may: managers, sees: 'own', query: `?${seen}`, body: farReform },
}
