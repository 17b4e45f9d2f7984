import type { Bilingual } from '@docaxis/errors'
import type { ReportCounts } from '@docaxis/store/console'

/** One share of a report: what it is called, what is counted and how, in words for the page and the paper. */
export interface Figure {
  readonly id: FigureId
  readonly name: Bilingual
  readonly definition: Bilingual
  /** How many of how many. */
  readonly share: (counts: ReportCounts) => Share
}

export interface Share {
  readonly part: number
  readonly of: number
}

export type FigureId =
  | 'signed'
  | 'paperless'
  | 'acknowledged'
  | 'finished'
  | 'fetched'
  | 'electronic-out'
  | 'electronic-in'

/** What the law asks the exchange to be measured by (NĐ 30/2020, QĐ 28/2018), in the order of a document's life. */
export const figures: readonly Figure[] = [
  {
    id: 'signed',
    name: { vi: 'Có chữ ký số hợp lệ', en: 'Digitally signed' },
    definition: {
      vi: 'Văn bản gửi đi mà trục kết luận hợp lệ chữ ký số của cơ quan trên gói tin, hoặc mọi chữ ký số trong một tệp PDF của văn bản, trên tổng số văn bản gửi đi.',
      en: 'Documents sent whose agency seal on the packet, or all signatures in one of its PDFs, the hub found valid, of all documents sent.',
    },
    share: ({ signed, sent }) => ({ part: signed, of: sent }),
  },
  {
    id: 'paperless',
    name: { vi: 'Không kèm bản giấy', en: 'Without paper copy' },
    definition: {
      vi: 'Văn bản gửi đi mà gói tin không báo có bản giấy gửi sau, trên tổng số văn bản gửi đi. Gói tin không nói gì về bản giấy được tính là không kèm.',
      en: 'Documents sent whose envelope does not announce that a paper copy follows, of all documents sent. An envelope that says nothing about paper counts as without.',
    },
    share: ({ paper, sent }) => ({ part: sent - paper, of: sent }),
  },
  {
    id: 'acknowledged',
    name: { vi: 'Báo nhận trong ngày', en: 'Acknowledged the same day' },
    definition: {
      vi: 'Lượt nhận mà bên nhận báo trạng thái trước hết ngày làm việc văn bản đến (đến sau giờ làm việc thì tính ngày làm việc kế tiếp), trên tổng số lượt nhận đã đến hạn báo nhận.',
      en: 'Deliveries whose receiver reported a status by the end of the working day of arrival (the next one when it came after hours), of all whose time to report has come.',
    },
    share: ({ ackInTime, ackDue }) => ({ part: ackInTime, of: ackDue }),
  },
  {
    id: 'finished',
    name: { vi: 'Hoàn thành đúng hạn', en: 'Finished on time' },
    definition: {
      vi: 'Lượt nhận có hạn xử lý mà bên nhận báo hoàn thành (06) trước hết ngày đến hạn, trên tổng số lượt nhận có hạn xử lý đã đến hạn. Văn bản không ghi hạn xử lý không được tính.',
      en: 'Deliveries with a due date whose receiver reported "finished" (06) by the end of it, of all whose due date has come. Documents without a due date do not count.',
    },
    share: ({ finishInTime, finishDue }) => ({ part: finishInTime, of: finishDue }),
  },
  {
    id: 'fetched',
    name: { vi: 'Văn bản khẩn tải về kịp', en: 'Urgent ones fetched in time' },
    definition: {
      vi: 'Lượt nhận văn bản khẩn, thượng khẩn, hỏa tốc mà bên nhận tải về trong thời hạn của độ khẩn, trên tổng số lượt nhận văn bản khẩn đã hết thời hạn đó.',
      en: 'Deliveries of urgent documents that the receiver fetched within the time of their urgency, of all urgent deliveries whose time is over.',
    },
    share: ({ fetchInTime, fetchDue }) => ({ part: fetchInTime, of: fetchDue }),
  },
  {
    id: 'electronic-out',
    name: { vi: 'Văn bản đi gửi điện tử', en: 'Outgoing sent electronically' },
    definition: {
      vi: 'Văn bản gửi qua trục trên tổng số văn bản đi ghi trong sổ (cả giấy và điện tử), chỉ tính cơ quan và tháng đã nhập số liệu sổ.',
      en: 'Documents sent through the hub, of all outgoing documents in the register (paper and electronic), of those agencies and months alone whose register was entered.',
    },
    share: ({ outgoingThrough, outgoing }) => ({ part: outgoingThrough, of: outgoing }),
  },
  {
    id: 'electronic-in',
    name: { vi: 'Văn bản đến nhận điện tử', en: 'Incoming received electronically' },
    definition: {
      vi: 'Văn bản nhận qua trục trên tổng số văn bản đến ghi trong sổ (cả giấy và điện tử), chỉ tính cơ quan và tháng đã nhập số liệu sổ.',
      en: 'Documents received through the hub, of all incoming documents in the register (paper and electronic), of those agencies and months alone whose register was entered.',
    },
    share: ({ incomingThrough, incoming }) => ({ part: incomingThrough, of: incoming }),
  },
]

/** What holds for every figure. */
export const countingRules: Bilingual = {
  vi: 'Tính theo tháng trục nhận văn bản, giờ Việt Nam. Văn bản là văn bản mới và văn bản thay thế; thu hồi, cập nhật và thông báo trạng thái không tính. Chữ ký và bản giấy tính cho cơ quan gửi; báo nhận, hạn xử lý và từ chối tính cho cơ quan nhận, mỗi nơi nhận một lượt.',
  en: 'Counted by the month in which the hub accepted the document, in Viet Nam’s time. Documents are new ones and replacements; revocations, updates and status messages do not count. Signatures and paper count for the sender; acknowledgement, due dates and refusals for the receiver, once for each receiver.',
}
