import type { Deadline } from '../answers.ts'
import type { EffectWord } from '../life-answers.ts'

interface Text {
  readonly vi: string
  readonly en: string
}

export const effectWords: Readonly<Record<EffectWord, Text>> = {
  withdrawn: { vi: 'đã rút lại, bên nhận chưa lấy', en: 'withdrawn before it was fetched' },
  asked: { vi: 'bên nhận đã có; chờ trả lời', en: 'the receiver has it; waiting for its answer' },
  replaced: { vi: 'đã đánh dấu thay thế', en: 'marked as replaced' },
  'not-told': { vi: 'bên nhận đã có, nhưng gói tin không gửi tới', en: 'the receiver has it, but was not addressed' },
  'not-held': { vi: 'bên nhận không giữ', en: 'the receiver does not have it' },
}

export const changeWords = {
  'take-back': { vi: 'lấy lại', en: 'take-back' },
  update: { vi: 'cập nhật', en: 'update' },
  revoke: { vi: 'thu hồi', en: 'revocation' },
} as const satisfies Record<string, Text>

export const answerWords = {
  asked: { vi: 'chờ trả lời', en: 'waiting for an answer' },
  agreed: { vi: 'đã đồng ý', en: 'agreed' },
  refused: { vi: 'bị từ chối', en: 'refused' },
} as const satisfies Record<string, Text>

export const dueWords: Readonly<Record<Deadline['kind'], Text>> = {
  fetch: { vi: 'phải tải về trước', en: 'to be fetched by' },
  acknowledge: { vi: 'phải báo tiếp nhận trước', en: 'receipt to be told by' },
  finish: { vi: 'phải hoàn thành trước', en: 'to be finished by' },
}

export const lifeWords = {
  replacedBy: { vi: 'được thay thế bởi', en: 'replaced by' },
  answers: { vi: 'trả lời', en: 'answers' },
  answeredBy: { vi: 'có trả lời', en: 'answered by' },
  replaces: { vi: 'thay thế', en: 'replaces' },
  notHere: { vi: '(không có trên Trục, hoặc không gửi cho bạn)', en: '(not on this hub, or not yours to see)' },
  nothingWithdrawn: { vi: 'Không có văn bản nào bị rút lại.', en: 'Nothing was withdrawn.' },
  nothingOpen: { vi: 'Không có yêu cầu nào chờ trả lời.', en: 'Nothing waits for an answer.' },
  flagged: { vi: 'không hợp với trạng thái hiện tại', en: 'does not fit the present state' },
} as const satisfies Record<string, Text>
