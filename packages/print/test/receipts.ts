import type { AcceptanceReceipt, Receipt } from '@docaxis/signature'

// One receipt of each kind, as a hub would issue it about one document.

const base = {
  id: '6733f0a1b2c3d4e5f6a7b8c9',
  environment: 'test',
  issuedAt: '2030-01-15T05:00:02.000Z',
  hub: 'Trục liên thông văn bản thử nghiệm',
  document: {
    id: '1733f0a1b2c3d4e5f6a7b8c9',
    documentId: 'G99,2030/01/15,7816/VPCP-TTĐT',
    kind: 'document',
    action: 'new',
    sender: 'G99',
    sha256: 'ab'.repeat(32),
    sizeBytes: 10_240,
    acceptedAt: '2030-01-15T05:00:00.000Z',
  },
  seal: { verdict: 'VALID', code: 'OK', state: 'valid', boundTo: 'G99' },
} as const

const receiver = { code: 'H99.05', writtenCode: 'H99.32', deliveryId: '2733f0a1b2c3d4e5f6a7b8c9' } as const

const acceptance: AcceptanceReceipt = {
  ...base,
  kind: 'acceptance',
  receivers: [receiver, { writtenCode: 'H98', fault: 'R.MessageHeader.To.OrganId' }],
}

export const receipts: readonly [AcceptanceReceipt, ...Receipt[]] = [
  acceptance,
  {
    ...base,
    kind: 'refusal',
    seal: { verdict: 'INVALID', code: 'DIGEST_MISMATCH', state: 'invalid' },
    refusal: {
      id: '3733f0a1b2c3d4e5f6a7b8c9',
      refusedAt: '2030-01-15T05:00:01.000Z',
      problem: 'SIGNATURE_REFUSED',
      reasons: [
        {
          code: 'DIGEST_MISMATCH',
          path: 'Signature',
          vi: 'Nội dung gói tin đã thay đổi sau khi ký (Signature).',
          en: 'The envelope was changed after it was signed (Signature).',
        },
      ],
    },
  },
  { ...base, kind: 'delivery', receiver: { ...receiver, acknowledgedAt: '2030-01-15T06:00:00.000Z' } },
  {
    ...base,
    kind: 'non-delivery',
    seal: { verdict: 'INDETERMINATE', code: 'REVOCATION_STALE', state: 'not-verifiable' },
    receiver: { ...receiver, failedAt: '2030-01-16T06:00:00.000Z', reason: 'Kho của bên nhận đã đầy\u202E' },
  },
  {
    ...base,
    kind: 'missed-deadline',
    receiver: {
      ...receiver,
      missed: {
        owed: 'acknowledge',
        arrivedAt: '2030-01-15T05:00:01.000Z',
        countedFrom: '2030-01-15T05:00:01.000Z',
        dueAt: '2030-01-15T10:00:00.000Z',
        judgedAt: '2030-01-15T10:00:03.000Z',
        transport: 'fetched',
        unconfirmedYears: [2030],
      },
    },
  },
]
