import type { Rows } from './entry.ts'

/** The directory, verification, and what the hub says of itself. */
export const openRows: Rows = {
  'GET /api/v1/agencies': { kind: 'own' },
  'GET /api/v1/agencies/:code': { kind: 'own' },
  'GET /api/v1/groups/:id': { kind: 'own' },
  'POST /api/v1/verify/certificate': { kind: 'strangers', body: 'x', contentType: 'application/pkix-cert' },
  'POST /api/v1/verify/pdf': { kind: 'strangers', body: '%PDF-1.7', contentType: 'application/pdf' },
  'POST /api/v1/verify/envelope': { kind: 'strangers', body: '<x/>', contentType: 'application/xml' },
  'POST /api/v1/verify/receipt': { kind: 'strangers', body: '<Receipt/>', contentType: 'application/xml' },
  'GET /api/v1/verify/receipt/:id': { kind: 'strangers' },
  'GET /api/v1/hub/certificates': { kind: 'public' },
  'GET /api/v1/openapi.json': { kind: 'public' },
}
