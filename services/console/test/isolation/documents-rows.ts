import { roles } from '@docaxis/store/console'
import { operators, type Rows, reason } from './entry.ts'

/** The list of documents, one document, and what can be done with it. */
export const documentRows: Rows = {
  'GET /documents': { may: roles, sees: 'list' },
  'GET /document-export': { may: roles, sees: 'list', query: '?format=csv' },
  'GET /documents/:id': { may: roles, sees: 'object', object: 'document' },
  // Its receipt is still to be signed.
  'GET /documents/:id/receipts/:receipt': {
    may: roles,
    sees: 'object',
    object: ['document', 'request'],
    works: [404],
  },
  // Content is for people of its agencies; whoever sees the whole hub is none by that.
  'GET /documents/:id/attachments/:position': {
    may: roles,
    sees: 'object',
    object: ['document', 'position'],
    works: [404],
  },
  'POST /documents/:id/deliveries/:delivery/resend': {
    may: operators,
    sees: 'object',
    object: ['document', 'delivery'],
    body: { reason },
    works: [204, 409],
  },
  'POST /documents/:id/deliveries/:delivery/cancel': {
    may: operators,
    sees: 'object',
    object: ['document', 'delivery'],
    body: { reason },
    works: [204, 409],
  },
  'POST /documents/:id/letters/:letter/replay': {
    may: operators,
    sees: 'object',
    object: ['document', 'request'],
    body: { reason },
    works: [404],
  },
  'GET /dead-letters': { may: roles, sees: 'hub' },
  'POST /dead-letters/:id/replay': { may: operators, sees: 'hub', object: 'request', body: { reason }, works: [404] },
  'GET /document-filters': { may: roles, sees: 'own' },
  'POST /document-filters': { may: roles, sees: 'own', body: { name: 'mine', query: '?q=x' } },
  'DELETE /document-filters/:id': { may: roles, sees: 'own', object: 'filter' },
}
