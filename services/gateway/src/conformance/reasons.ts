import type { Bilingual } from '@docaxis/errors'

interface ReasonText {
  /** What came. */
  readonly came: Bilingual
  /** What to do; absent where nothing is left to do. */
  readonly fix?: Bilingual
}

const row = (vi: string, en: string, fixVi?: string, fixEn?: string): ReasonText => ({
  came: { vi, en },
  ...(fixVi !== undefined && fixEn !== undefined && { fix: { vi: fixVi, en: fixEn } }),
})

/** Why a step stands where it stands. `details` of the step hold the values. */
export const reasons = {
  'not-begun': row('Chưa bắt đầu', 'Not begun'),
  blocked: row(
    'Chờ một bước trước',
    'Waits for an earlier step',
    'Hoàn thành bước nêu trong "after".',
    'Do the step named in `after` first.',
  ),
  'on-its-way': row('Văn bản đang trên đường đến hộp thư', 'The document is on its way to the mailbox'),
  'not-fetched': row(
    'Văn bản chờ trong hộp thư, chưa ai lấy',
    'It waits in the mailbox and nobody fetched it',
    'Hỏi hộp thư (GET /inbox; VXP: getReceivedEdocList), lấy văn bản về.',
    'Poll the mailbox (GET /inbox; VXP: getReceivedEdocList) and fetch it.',
  ),
  'not-acknowledged': row(
    'Đã lấy về, chưa báo đã lưu',
    'It was fetched and not acknowledged',
    'Báo đã lưu: POST /deliveries/{id}/ack; VXP: updateStatus done.',
    'Acknowledge it: POST /deliveries/{id}/ack; VXP: updateStatus done.',
  ),
  acknowledged: row('Đã báo đã lưu', 'It was acknowledged'),
  'good-refused': row(
    'Văn bản đúng bị báo lỗi hoặc từ chối',
    'The good document was failed or refused',
    'Xem "came" để biết lý do đã báo; văn bản này hợp lệ, phải nhận được.',
    'See in `details` what was reported; the document is good and must be taken.',
  ),
  'no-status': row(
    'Chưa có trạng thái nào',
    'No status came',
    'Báo 01 (đã đến) hoặc 03 (đã tiếp nhận) ngay khi lưu.',
    'Report 01 (arrived) or 03 (accepted) once it is stored.',
  ),
  'status-reported': row('Đã báo trạng thái', 'A status was reported'),
  'status-out-of-order': row(
    'Trạng thái đầu tiên không phải 01 hoặc 03',
    'The first status is neither 01 nor 03',
    'Báo 01 hoặc 03 trước các trạng thái sau.',
    'Report 01 or 03 before any later one.',
  ),
  'refused-with-reason': row('Đã từ chối, có lý do', 'It was refused with a reason'),
  'refused-without-reason': row(
    'Báo lỗi nhưng không nêu lý do',
    'It was failed without a reason',
    'Nêu lý do trong ack (reason). Bộ kit VXP: gửi trạng thái 02 kèm lý do.',
    'Give a reason with the ack. With a VXP kit send status 02 with a reason.',
  ),
  'faulty-stored': row(
    'Văn bản hỏng đã được báo đã lưu, chưa bị từ chối',
    'The faulty document was acknowledged and not refused',
    'Mở được tệp đính kèm rồi mới nhận; nếu hỏng thì từ chối kèm lý do.',
    'Open attachments before taking a document; refuse what is damaged.',
  ),
  'faulty-accepted': row(
    'Văn bản hỏng được tiếp nhận như văn bản đúng',
    'The faulty document was accepted like a good one',
    'Kiểm tra tệp đính kèm trước khi báo 03.',
    'Check attachments before reporting 03.',
  ),
  'not-acknowledged-again': row(
    'Lần báo đã lưu đầu bị mất, chưa thấy báo lại',
    'The first acknowledgement was lost, and none came again',
    'Gặp HTTP 5xx: gọi lại đúng lệnh đó. Văn bản hiện lại trong hộp thư: báo đã lưu lần nữa.',
    'Repeat the call after a 5xx. A document that is listed again is acknowledged again.',
  ),
  'acknowledged-again': row('Đã báo lại, chỉ vào sổ một lần', 'It was acknowledged again, and registered once'),
  'duplicate-refused': row(
    'Lần đến thứ hai bị từ chối',
    'Its second coming was refused',
    'Nhận ra văn bản đã có (deliveryId, sha256) và báo đã lưu, không từ chối.',
    'Recognise what is there already (deliveryId, sha256) and acknowledge it.',
  ),
  'registered-twice': row(
    'Cùng một trạng thái được báo hai lần: văn bản vào sổ hai lần',
    'The same status came twice: it was registered twice',
    'Nhận ra văn bản đã có (deliveryId, sha256) trước khi vào sổ.',
    'Look for what is there already (deliveryId, sha256) before registering.',
  ),
  'not-answered': row(
    'Yêu cầu chưa được trả lời',
    'The wish was not answered',
    'Trả lời 15 hoặc 16 cho văn bản gốc; GET /changes liệt kê những gì phải trả lời.',
    'Report 15 or 16 on the earlier document; GET /changes lists what is owed.',
  ),
  answered: row('Đã trả lời', 'It was answered'),
  'update-as-new': row(
    'Gói cập nhật được vào sổ như văn bản mới',
    'The update was registered like a new document',
    'Đọc Bussiness/BussinessDocType: 2 là cập nhật văn bản đã có.',
    'Read Bussiness/BussinessDocType: 2 updates a document that is there.',
  ),
  'download-running': row('Đang tải', 'The download is under way'),
  'download-whole': row('Đã tải đủ rồi báo đã lưu', 'Every byte was downloaded, then it was acknowledged'),
  'download-cut': row(
    'Báo đã lưu khi chưa tải đủ',
    'It was acknowledged before every byte was downloaded',
    'So sánh kích thước và SHA-256 (Content-Digest, contentSha256) trước khi báo đã lưu; tải tiếp bằng Range.',
    'Compare size and SHA-256 (Content-Digest, contentSha256) before acknowledging; go on by Range.',
  ),
  'nothing-sent': row(
    'Chưa có văn bản nào đến đơn vị kiểm thử',
    'No document came for the agency of the test',
    'Gửi một văn bản mới (To: mã trong "counterpart").',
    'Send a new document (To: the code in `counterpart`).',
  ),
  accepted: row('Trục đã nhận văn bản', 'The hub accepted it'),
  'not-sent-again': row(
    'Trục đã trả 503, chưa thấy gửi lại',
    'It was answered 503 and not sent again',
    'Gặp HTTP 5xx: gửi lại đúng tệp đó.',
    'After a 5xx send the very same file again.',
  ),
  'sent-again': row(
    'Đã gửi lại đúng gói tin, Trục trả lời như lần đầu',
    'The same packet came again and got the first answer',
  ),
  'sent-as-new': row(
    'Gửi lại dưới một mã văn bản mới: thành hai văn bản',
    'It was sent again under a new DocumentId: two documents now',
    'Giữ nguyên tệp đã gửi và gửi lại chính nó.',
    'Keep the file that was sent and send that.',
  ),
  'status-waiting': row(
    'Gói trạng thái chờ trong hộp thư',
    'The status message waits in the mailbox',
    'Hỏi cả kind=status (VXP: messagetype=status), lấy về, báo đã lưu.',
    'Poll kind=status too (VXP: messagetype=status), fetch and acknowledge.',
  ),
  'status-taken': row('Đã lấy gói trạng thái', 'The status message was taken'),
  'nothing-refused': row(
    'Chưa có văn bản nào gửi đến đơn vị đang khóa',
    'Nothing was sent to the locked agency',
    'Gửi một văn bản đến mã trong "locked".',
    'Send a document to the code in `locked`.',
  ),
  'not-corrected': row(
    'Đã bị từ chối, chưa sửa',
    'It was refused and not corrected',
    'Đổi nơi nhận sang mã trong "counterpart", giữ mã văn bản, gửi lại.',
    'Change the receiver to `counterpart`, keep the DocumentId, send again.',
  ),
  corrected: row('Đã sửa và được nhận', 'It was corrected and accepted'),
} as const satisfies Record<string, ReasonText>

export type Reason = keyof typeof reasons

/** For reasons that a later release wrote, nothing is known. */
export function reasonText(reason: string): ReasonText {
  return Object.hasOwn(reasons, reason) ? reasons[reason as Reason] : row(reason, reason)
}
