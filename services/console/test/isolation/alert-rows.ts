import { plainRule } from '@docaxis/testkit'
import { operators, type Rows } from './entry.ts'

const rule = { ...plainRule, destinationId: '0'.repeat(24) }
const destination = { name: 'mine', target: { kind: 'mail', from: 'a@hub.example', to: ['b@hub.example'] } }

/** Rules, destinations, and what was sent. Others' are seen by those who may no less than they. */
export const alertRows: Rows = {
  'GET /alerts/rules': { may: operators, sees: 'list' },
  'POST /alerts/rules': { may: operators, sees: 'own', body: rule },
  // The destination in the body is nobody's.
  'PUT /alerts/rules/:id': { may: operators, sees: 'object', object: 'alert-rule', body: rule, works: [409] },
  'DELETE /alerts/rules/:id': { may: operators, sees: 'object', object: 'alert-rule' },
  'GET /alerts/destinations': { may: operators, sees: 'list' },
  'POST /alerts/destinations': { may: operators, sees: 'own', body: destination },
  'PUT /alerts/destinations/:id': {
    may: operators,
    sees: 'object',
    object: 'alert-destination',
    body: destination,
  },
  'DELETE /alerts/destinations/:id': { may: operators, sees: 'object', object: 'alert-destination' },
  'POST /alerts/destinations/:id/test': {
    may: operators,
    sees: 'object',
    object: 'alert-destination',
    works: [202],
  },
  'GET /alerts/messages': { may: operators, sees: 'list' },
  'GET /alerts/messages/:id': { may: operators, sees: 'object', object: 'alert-message' },
  'POST /alerts/messages/:id/retry': { may: operators, sees: 'object', object: 'alert-message' },
}
