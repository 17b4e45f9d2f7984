import { type Rows, tus } from './entry.ts'

const status = { code: '03' }

/** Sending, fetching, and what happened to a document. */
export const documentRows: Rows = {
  'POST /api/v1/documents': { kind: 'own', body: '<x/>', contentType: 'application/xml' },
  'POST /api/v1/documents/validate': { kind: 'own', body: '<x/>', contentType: 'application/xml' },
  'OPTIONS /api/v1/uploads': { kind: 'own' },
  'POST /api/v1/uploads': { kind: 'own', headers: { ...tus, 'upload-length': '10' } },
  'PATCH /api/v1/uploads/:id': {
    kind: 'object',
    object: 'upload',
    body: 'x',
    contentType: 'application/offset+octet-stream',
    headers: { ...tus, 'upload-offset': '0' },
  },
  'POST /api/v1/uploads/:id': {
    kind: 'object',
    object: 'upload',
    body: 'x',
    contentType: 'application/offset+octet-stream',
    headers: { ...tus, 'upload-offset': '0', 'x-http-method-override': 'PATCH' },
  },
  'DELETE /api/v1/uploads/:id': { kind: 'object', object: 'upload', headers: tus },
  'GET /api/v1/documents': { kind: 'own' },
  'GET /api/v1/documents/:id': { kind: 'object', object: 'document' },
  'GET /api/v1/documents/:id/envelope': { kind: 'object', object: 'document' },
  'GET /api/v1/documents/:id/evidence': { kind: 'object', object: 'document' },
  'GET /api/v1/documents/:id/evidence/:sha256': { kind: 'object', object: 'document' },
  'GET /api/v1/documents/:id/timeline': { kind: 'object', object: 'document' },
  'GET /api/v1/documents/:id/thread': { kind: 'object', object: 'document' },
  'POST /api/v1/documents/:id/take-back': { kind: 'object', object: 'document', body: { reason: 'x' } },
  'GET /api/v1/inbox': { kind: 'own' },
  'GET /api/v1/deadlines': { kind: 'own' },
  'GET /api/v1/inbox/withdrawn': { kind: 'own' },
  'GET /api/v1/changes': { kind: 'own' },
  'GET /api/v1/deliveries/:id/envelope': { kind: 'object', object: 'delivery' },
  'POST /api/v1/deliveries/:id/ack': { kind: 'object', object: 'delivery', body: { result: 'stored' } },
  'POST /api/v1/deliveries/ack': { kind: 'own', body: { items: [{ id: 'x', result: 'stored' }] } },
  'POST /api/v1/deliveries/:id/status': { kind: 'object', object: 'delivery', body: status },
  'GET /api/v1/receipts': { kind: 'own' },
  'GET /api/v1/receipts/:id': { kind: 'object', object: 'receipt' },
  'GET /api/v1/receipts/:id/stamp': { kind: 'object', object: 'receipt' },
}
