/** Transport states as VXP lists tell them. The axis's own word for "not fetched yet" is not known. */
export const statusWords = {
  inbox: 'Chờ nhận',
  processing: 'Đang nhận',
  done: 'Đã nhận',
  fail: 'Nhận lỗi',
  withdrawn: 'Bên gửi đã rút lại',
} as const

/** What officials did, edXML status codes. */
export const businessWords: Readonly<Record<string, string>> = {
  '01': 'Đã đến',
  '02': 'Từ chối tiếp nhận',
  '03': 'Đã tiếp nhận',
  '04': 'Đã phân công xử lý',
  '05': 'Đang xử lý',
  '06': 'Hoàn thành',
  '13': 'Yêu cầu lấy lại',
  '15': 'Đồng ý cập nhật, lấy lại',
  '16': 'Từ chối cập nhật, lấy lại',
}
