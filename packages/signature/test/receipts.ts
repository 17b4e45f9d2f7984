import type {
  AcceptanceReceipt,
  DeliveryReceipt,
  MissedDeadlineReceipt,
  NonDeliveryReceipt,
  Receipt,
  RefusalReceipt,
} from '../src/index.ts'

const base = {
  id: '6733f0a1b2c3d4e5f6a7b8c9',
  environment: 'test',
  issuedAt: '2030-01-15T05:00:02.000Z',
  hub: 'Trục liên thông <thử & nghiệm>',
  document: {
    id: '1733f0a1b2c3d4e5f6a7b8c9',
    documentId: 'H99,2030/01/15,12/CV',
    kind: 'document',
    action: 'new',
    sender: 'G99',
    sha256: 'ab'.repeat(32),
    sizeBytes: 10_240,
    acceptedAt: '2030-01-15T05:00:00.000Z',
  },
} as const

const seal = {
  verdict: 'VALID',
  code: 'OK',
  state: 'valid',
  certificateSha256: 'cd'.repeat(32),
  boundTo: 'G99',
  evidence: ['ef'.repeat(32), '12'.repeat(32)],
} as const

export const acceptance: AcceptanceReceipt = {
  ...base,
  kind: 'acceptance',
  seal,
  receivers: [
    { code: 'H99', writtenCode: '000.00.00.H99' },
    { writtenCode: 'H98', fault: 'M.MessageHeader.To.Unknown' },
  ],
}

export const delivery: DeliveryReceipt = {
  ...base,
  kind: 'delivery',
  seal: { ...seal, boundTo: 'H99.32', mandate: { id: 'UQ-12/2030', kind: 'transport' } },
  receiver: {
    code: 'H99.32.05',
    writtenCode: 'H99.32.05',
    deliveryId: '2733f0a1b2c3d4e5f6a7b8c9',
    acknowledgedAt: '2030-01-15T06:00:00.000Z',
  },
  attachments: [
    {
      position: 1,
      sha256: '34'.repeat(32),
      signatures: {
        check: 'done',
        verdict: 'INVALID',
        code: 'PDF_CHANGED_AFTER_SIGNING',
        signed: [
          { verdict: 'VALID', code: 'OK', certificateSha256: '56'.repeat(32) },
          { verdict: 'INVALID', code: 'PDF_CHANGED_AFTER_SIGNING' },
        ],
        evidence: ['78'.repeat(32)],
      },
      malware: 'clean',
    },
    { position: 2, sha256: '9a'.repeat(32), signatures: { check: 'waiting', signed: [] } },
    { position: 3, sha256: 'bc'.repeat(32), malware: 'waiting' },
  ],
}

export const nonDelivery: NonDeliveryReceipt = {
  ...base,
  kind: 'non-delivery',
  seal,
  receiver: {
    code: 'H99',
    writtenCode: 'H99',
    deliveryId: '2733f0a1b2c3d4e5f6a7b8c9',
    failedAt: '2030-01-15T06:00:00.000Z',
    reason: 'Tệp không mở được: "báo cáo.pdf"\r\n\tdòng hai',
  },
}

export const missedDeadline: MissedDeadlineReceipt = {
  ...base,
  kind: 'missed-deadline',
  seal,
  receiver: {
    code: 'H99',
    writtenCode: '000.00.00.H99',
    deliveryId: '2733f0a1b2c3d4e5f6a7b8c9',
    missed: {
      owed: 'finish',
      arrivedAt: '2029-12-28T11:00:00.000Z',
      countedFrom: '2029-12-31T00:30:00.000Z',
      dueAt: '2030-01-15T10:00:00.000Z',
      judgedAt: '2030-01-15T10:00:12.000Z',
      transport: 'fetched',
      business: '04',
      unconfirmedYears: [2029, 2030],
    },
  },
}

export const refusal: RefusalReceipt = {
  ...base,
  kind: 'refusal',
  document: { sha256: 'ab'.repeat(32), sizeBytes: 12 },
  refusal: {
    id: '3733f0a1b2c3d4e5f6a7b8c9',
    refusedAt: '2030-01-15T05:00:01.000Z',
    problem: 'SIGNATURE_REFUSED',
    reasons: [{ code: 'DIGEST_MISMATCH', path: 'Signature', vi: 'Nội dung đã bị sửa', en: 'The content was changed' }],
  },
  seal: { verdict: 'INVALID', code: 'DIGEST_MISMATCH', state: 'invalid' },
}

export const receipts: readonly Receipt[] = [acceptance, delivery, nonDelivery, missedDeadline, refusal]
