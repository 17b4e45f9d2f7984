import type { Bilingual } from '@docaxis/errors'

/** Steps of the script, in the order in which they are shown. */
export const steps = [
  'good',
  'status',
  'faulty',
  'duplicate',
  'update',
  'take-back',
  'large',
  'send',
  'repeat',
  'status-back',
  'correct',
] as const

export type Step = (typeof steps)[number]

export function isStep(name: string): name is Step {
  return (steps as readonly string[]).includes(name)
}

interface StepText {
  readonly title: Bilingual
  readonly expected: Bilingual
}

const say = (vi: string, en: string): Bilingual => ({ vi, en })

/** What the hub plays, and what a good system does. The codes of the hub's agencies stand in the scorecard. */
export const script: Readonly<Record<Step, StepText>> = {
  good: {
    title: say('Nhận văn bản đúng', 'A good document comes'),
    expected: say('Lấy về, lưu, rồi báo đã lưu (ack stored, VXP: done)', 'Fetched, stored, acknowledged (VXP: done)'),
  },
  status: {
    title: say('Báo trạng thái văn bản đến', 'Its status is reported'),
    expected: say('Báo 01 hoặc 03 cho văn bản đúng', 'Status 01 or 03 on the good document'),
  },
  faulty: {
    title: say('Nhận văn bản hỏng', 'A faulty document comes'),
    expected: say(
      'Từ chối có lý do: ack failed kèm reason, hoặc trạng thái 02 kèm lý do. Tệp PDF đính kèm bị cắt cụt',
      'Refused with a reason: ack `failed`, or status 02. Its PDF is cut in half',
    ),
  },
  duplicate: {
    title: say('Cùng văn bản đến hai lần', 'One document comes twice'),
    expected: say(
      'Lần báo đã lưu đầu tiên bị mất (Trục trả 503). Báo lại; không vào sổ lần hai, không từ chối',
      'The first acknowledgement is lost (503). Acknowledged again; not registered twice, not refused',
    ),
  },
  update: {
    title: say('Yêu cầu cập nhật', 'An update is asked for'),
    expected: say('Trả lời 15 (đồng ý) hoặc 16 (từ chối) cho văn bản gốc', 'Answered 15 or 16 on the earlier document'),
  },
  'take-back': {
    title: say('Yêu cầu lấy lại', 'A take-back is asked for'),
    expected: say('Nhận trạng thái 13, trả lời 15 hoặc 16', 'Status 13 is taken, and answered 15 or 16'),
  },
  large: {
    title: say('Nhận văn bản lớn', 'A large document comes'),
    expected: say('Tải đủ từng byte rồi mới báo đã lưu', 'Every byte is downloaded before it is acknowledged'),
  },
  send: {
    title: say('Gửi văn bản', 'A document is sent'),
    expected: say('Gửi một văn bản mới đến đơn vị kiểm thử', 'A new document to the agency of the test'),
  },
  repeat: {
    title: say('Gửi lại khi mất trả lời', 'It is sent again when the answer is lost'),
    expected: say(
      'Trục nhận văn bản nhưng trả 503. Gửi lại đúng gói tin đó, không tạo văn bản mới',
      'The hub takes it and answers 503. The same packet is sent again, not a new document',
    ),
  },
  'status-back': {
    title: say('Nhận trạng thái trả về', 'A status comes back'),
    expected: say(
      'Lấy và báo đã lưu gói trạng thái của đơn vị kiểm thử',
      'The status message of the agency of the test is fetched and acknowledged',
    ),
  },
  correct: {
    title: say('Sửa văn bản bị từ chối', 'A refused document is corrected'),
    expected: say(
      'Gửi đến đơn vị đang khóa, bị từ chối; sửa nơi nhận rồi gửi lại cùng mã văn bản',
      'Sent to the locked agency and refused; then sent to the agency of the test under the same DocumentId',
    ),
  },
}
