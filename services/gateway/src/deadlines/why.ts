import type { DeadlineKind } from '@docaxis/calendar'
import type { DeadlineView } from '@docaxis/store'
import type { Standing } from './standing.ts'

export interface Sentence {
  readonly vi: string
  readonly en: string
}

/** Why a deadline is late or not, as it is told to people. */
export function whyOf(deadline: DeadlineView, { state }: Standing): Sentence {
  const parts = [sentences[deadline.kind][state]]
  if (deadline.countedFrom > deadline.arrivedAt) parts.push(afterHours)
  if (deadline.unconfirmedYears.length > 0) parts.push(unconfirmed(deadline.unconfirmedYears))
  return { vi: parts.map(({ vi }) => vi).join(' '), en: parts.map(({ en }) => en).join(' ') }
}

const sentences: Readonly<Record<DeadlineKind, Readonly<Record<Standing['state'], Sentence>>>> = {
  fetch: {
    open: { vi: 'Văn bản khẩn chưa tải về, còn trong hạn.', en: 'Urgent and not fetched yet; there is time left.' },
    late: { vi: 'Văn bản khẩn quá hạn mà chưa tải về.', en: 'Urgent, and not fetched in time.' },
    met: { vi: 'Văn bản khẩn đã tải về đúng hạn.', en: 'Urgent, and fetched in time.' },
    'met-late': { vi: 'Văn bản khẩn đã tải về, nhưng muộn.', en: 'Urgent, and fetched late.' },
    void: { vi: 'Không còn phải tải về.', en: 'It need not be fetched any more.' },
  },
  acknowledge: {
    open: { vi: 'Chưa báo tiếp nhận, còn trong hạn.', en: 'Receipt was not told yet; there is time left.' },
    late: {
      vi: 'Quá hạn: hết ngày làm việc mà chưa báo đã đến hoặc đã tiếp nhận.',
      en: 'Late: the working day is over and receipt was not told (01 or 03).',
    },
    met: { vi: 'Đã báo trong ngày làm việc.', en: 'Receipt was told the same working day.' },
    'met-late': { vi: 'Đã báo, nhưng sau khi hết ngày làm việc.', en: 'Receipt was told after the working day.' },
    void: { vi: 'Không còn phải báo tiếp nhận.', en: 'Receipt need not be told any more.' },
  },
  finish: {
    open: { vi: 'Chưa hoàn thành, còn trong hạn xử lý.', en: 'Not finished yet; the due date has not passed.' },
    late: { vi: 'Quá hạn xử lý mà chưa hoàn thành.', en: 'Late: the due date has passed and it is not finished.' },
    met: { vi: 'Đã hoàn thành đúng hạn xử lý.', en: 'Finished by its due date.' },
    'met-late': { vi: 'Đã hoàn thành, nhưng quá hạn xử lý.', en: 'Finished after its due date.' },
    void: { vi: 'Không còn phải xử lý.', en: 'It need not be finished any more.' },
  },
}

const afterHours: Sentence = {
  vi: 'Văn bản đến ngoài giờ làm việc, tính từ buổi làm việc kế tiếp.',
  en: 'It came after hours and counts from the next working session.',
}

function unconfirmed(years: readonly number[]): Sentence {
  const list = years.join(', ')
  return {
    vi: `Lịch nghỉ lễ năm ${list} chưa được xác nhận.`,
    en: `The public holidays of ${list} are not confirmed.`,
  }
}
