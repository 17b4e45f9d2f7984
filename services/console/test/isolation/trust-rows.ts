import { roles } from '@docaxis/store/console'
import { deciders, type Rows, sha256, staff } from './entry.ts'

/** Certificates and authorities. */
export const trustRows: Rows = {
  'GET /trust/certificates': { may: roles, sees: 'list' },
  'GET /trust/authorities': { may: roles, sees: 'own' },
  'GET /trust/hub-keys': { may: roles, sees: 'own' },
  'GET /trust/anchors': { may: staff, sees: 'hub' },
  'GET /trust/what-if': { may: staff, sees: 'hub', query: `?ca=${sha256}` },
  'GET /trust/requests': { may: staff, sees: 'hub' },
  'POST /trust/requests/:id/decision': {
    may: deciders,
    sees: 'hub',
    object: 'request',
    body: { decision: 'rejected' },
  },
}
