import type { StatusReport } from '@docaxis/client'

/** What a receiver does with a letter; left out, it stays in the mailbox. */
export interface Handling {
  readonly receiver: string
  readonly reports: readonly { readonly code: StatusReport['code']; readonly reason?: string; readonly staff: string }[]
}

/** One document of the demo country. Every name and event is made up. */
export interface Letter {
  readonly sender: string
  /** Codes as written, a closed one among them. */
  readonly receivers: readonly string[]
  readonly number: string
  readonly type: string
  readonly subject: string
  readonly priority: 0 | 1 | 2
  /** Days after today until the receiver's deadline. */
  readonly dueInDays?: number
  /** Index of an earlier letter that this one answers. */
  readonly answers?: number
  readonly handlings: readonly Handling[]
}

export const letters: readonly Letter[] = [
  {
    sender: 'G99',
    receivers: ['H99', 'H99.32', 'H99.32.05'],
    number: '12',
    type: 'Công văn',
    subject: 'V/v kiểm tra an toàn bến phà trước mùa nước lên trên sông Mây',
    priority: 1,
    dueInDays: 10,
    handlings: [
      {
        receiver: 'H99',
        reports: [
          { code: '01', staff: 'Văn thư tỉnh' },
          { code: '03', staff: 'Lý Thị Nắng' },
          { code: '04', staff: 'Phạm Văn Mây' },
          { code: '05', staff: 'Cao Văn Lúa' },
        ],
      },
      {
        receiver: 'H99.32',
        reports: [
          { code: '01', staff: 'Văn thư huyện' },
          { code: '03', staff: 'Tạ Văn Khe' },
        ],
      },
      {
        receiver: 'H99.32.05',
        reports: [
          { code: '01', staff: 'Văn thư xã' },
          { code: '03', staff: 'Đinh Thị Sương' },
          { code: '04', staff: 'Đặng Thị Gió' },
          { code: '05', staff: 'Hà Văn Thông' },
          { code: '06', staff: 'Hà Văn Thông' },
        ],
      },
    ],
  },
  {
    sender: 'G99',
    receivers: ['H99', 'H99.31'],
    number: '15',
    type: 'Thông báo',
    subject: 'Lịch vận hành phà trên sông Mây trong dịp lễ hội Hoa ban trắng',
    priority: 0,
    handlings: [{ receiver: 'H99.32', reports: [{ code: '03', staff: 'Tạ Văn Khe' }] }],
  },
  {
    sender: 'H99',
    receivers: ['H99.32', 'H99.32.05', 'H99.32.06', 'H99.32.07'],
    number: '48',
    type: 'Kế hoạch',
    subject: 'Trồng rừng phòng hộ đầu nguồn suối Mơ giai đoạn 2026–2030',
    priority: 0,
    dueInDays: 20,
    handlings: [
      { receiver: 'H99.32', reports: [{ code: '03', staff: 'Tạ Văn Khe' }] },
      { receiver: 'H99.32.05', reports: [{ code: '03', staff: 'Đinh Thị Sương' }] },
      { receiver: 'H99.32.07', reports: [{ code: '01', staff: 'Văn thư xã' }] },
    ],
  },
  {
    sender: 'G98',
    receivers: ['H99'],
    number: '7',
    type: 'Công văn',
    subject: 'V/v cung cấp số liệu vườn cây lâu năm năm 2026',
    priority: 0,
    handlings: [
      {
        receiver: 'H99',
        reports: [
          { code: '01', staff: 'Văn thư tỉnh' },
          {
            code: '02',
            reason: 'Văn bản thiếu phụ lục biểu mẫu số liệu; đề nghị gửi lại đủ phụ lục',
            staff: 'Lý Thị Nắng',
          },
        ],
      },
    ],
  },
  {
    sender: 'H99.32.05',
    receivers: ['G99', 'H99'],
    number: '03',
    type: 'Báo cáo',
    subject: 'Kết quả kiểm tra an toàn bến phà Đồi Gió',
    priority: 0,
    answers: 0,
    handlings: [
      {
        receiver: 'G99',
        reports: [
          { code: '01', staff: 'Văn thư Bộ' },
          { code: '03', staff: 'Mai Văn Bến' },
        ],
      },
    ],
  },
  {
    sender: 'H99.32.07',
    receivers: ['H99.32', 'H99'],
    number: '05',
    type: 'Tờ trình',
    subject: 'V/v sửa chữa cầu treo Cầu Vồng bị hư hỏng sau mưa',
    priority: 2,
    handlings: [{ receiver: 'H99.32', reports: [{ code: '03', staff: 'Tạ Văn Khe' }] }],
  },
  {
    sender: 'G97',
    receivers: ['G99', 'G98', 'H99'],
    number: '21',
    type: 'Công văn',
    subject: 'Dự báo mùa mưa và mực nước các sông năm 2026',
    priority: 0,
    handlings: [],
  },
]
