import type { Rows } from './entry.ts'

/** Webhooks, by their system and by operators. */
export const webhookRows: Rows = {
  'GET /api/v1/webhooks': { kind: 'own' },
  'POST /api/v1/webhooks': { kind: 'own', body: { url: null } },
  'GET /api/v1/webhooks/:webhookId': { kind: 'object', object: 'webhook' },
  'PUT /api/v1/webhooks/:webhookId': { kind: 'object', object: 'webhook', body: {} },
  'DELETE /api/v1/webhooks/:webhookId': { kind: 'object', object: 'webhook' },
  'POST /api/v1/webhooks/:webhookId/secrets': { kind: 'object', object: 'webhook', body: {} },
  'POST /api/v1/webhooks/:webhookId/test': { kind: 'object', object: 'webhook' },
  'GET /api/v1/webhooks/:webhookId/messages': { kind: 'object', object: 'webhook' },
  'GET /api/v1/webhooks/:webhookId/messages/:messageId': { kind: 'object', object: 'webhook' },
  'POST /api/v1/webhooks/:webhookId/messages/:messageId/replay': { kind: 'object', object: 'webhook' },
  'POST /api/v1/webhooks/:webhookId/replay': {
    kind: 'object',
    object: 'webhook',
    body: { from: '2030-01-15T05:00:00Z' },
  },
  'POST /api/v1/webhooks/:webhookId/pull': { kind: 'object', object: 'webhook', body: {} },
  'POST /api/v1/webhooks/:webhookId/messages/:messageId/outcome': {
    kind: 'object',
    object: 'webhook',
    body: { durationMs: 1, status: 200 },
  },
  'GET /api/v1/admin/systems/:id/webhooks': { kind: 'operator' },
  'POST /api/v1/admin/systems/:id/webhooks': { kind: 'operator', body: { url: null } },
  'GET /api/v1/admin/systems/:id/webhooks/:webhookId': { kind: 'operator' },
  'PUT /api/v1/admin/systems/:id/webhooks/:webhookId': { kind: 'operator', body: {} },
  'DELETE /api/v1/admin/systems/:id/webhooks/:webhookId': { kind: 'operator' },
  'POST /api/v1/admin/systems/:id/webhooks/:webhookId/secrets': { kind: 'operator', body: {} },
  'POST /api/v1/admin/systems/:id/webhooks/:webhookId/test': { kind: 'operator' },
  'GET /api/v1/admin/systems/:id/webhooks/:webhookId/messages': { kind: 'operator' },
  'GET /api/v1/admin/systems/:id/webhooks/:webhookId/messages/:messageId': { kind: 'operator' },
  'POST /api/v1/admin/systems/:id/webhooks/:webhookId/messages/:messageId/replay': { kind: 'operator' },
  'POST /api/v1/admin/systems/:id/webhooks/:webhookId/replay': {
    kind: 'operator',
    body: { from: '2030-01-15T05:00:00Z' },
  },
}
