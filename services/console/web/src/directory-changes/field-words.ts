import type { Bilingual } from '../language.tsx'

/** Columns of directory files, in their order: what each holds, and how it is written. */
export const fieldWords: Readonly<Record<string, Bilingual & { readonly form?: Bilingual }>> = {
  code: {
    vi: 'Mã',
    en: 'Code',
    form: { vi: 'H99.32.05; không dấu phẩy, không khoảng trắng', en: 'H99.32.05; no comma, no blank' },
  },
  code2016: { vi: 'Mã năm 2016', en: 'Code of 2016', form: { vi: '000.05.32.H99', en: '000.05.32.H99' } },
  oldCodes: { vi: 'Mã cũ', en: 'Old codes', form: { vi: 'cách nhau bằng khoảng trắng', en: 'with blanks between' } },
  name: { vi: 'Tên', en: 'Name', form: { vi: 'tối đa 200 ký tự', en: 'at most 200 characters' } },
  shortName: { vi: 'Tên ngắn', en: 'Short name' },
  kind: { vi: 'Loại', en: 'Kind', form: { vi: 'agency, unit, center', en: 'agency, unit, center' } },
  level: { vi: 'Cấp', en: 'Level', form: { vi: 'central, province, commune', en: 'central, province, commune' } },
  parent: { vi: 'Cơ quan cấp trên', en: 'Agency above', form: { vi: 'mã', en: 'a code' } },
  locality: { vi: 'Địa bàn', en: 'Locality' },
  groups: { vi: 'Nhóm', en: 'Groups', form: { vi: 'cách nhau bằng khoảng trắng', en: 'with blanks between' } },
  mail: { vi: 'Thư điện tử', en: 'E-mail' },
  validFrom: { vi: 'Mở từ ngày', en: 'Open from', form: { vi: '2026-01-31', en: '2026-01-31' } },
  validTo: { vi: 'Đóng từ ngày', en: 'Closed from', form: { vi: 'ngày đầu tiên đã đóng', en: 'the first closed day' } },
  graceUntil: { vi: 'Còn được gửi đến ngày', en: 'May send until' },
  successor: { vi: 'Cơ quan kế thừa', en: 'Successor', form: { vi: 'mã', en: 'a code' } },
  choices: {
    vi: 'Chọn một trong',
    en: 'One of',
    form: { vi: 'các mã, khi đã chia tách', en: 'codes, where it was split' },
  },
  center: { vi: 'Trung tâm kết nối', en: 'Served by center', form: { vi: 'mã', en: 'a code' } },
  canReceive: { vi: 'Được nhận', en: 'May receive', form: { vi: 'true, false', en: 'true, false' } },
  receivesForUnits: {
    vi: 'Nhận thay đơn vị',
    en: 'Receives for its units',
    form: { vi: 'true, false', en: 'true, false' },
  },
  maxEnvelopeBytes: { vi: 'Gói tin lớn nhất (byte)', en: 'Largest packet (bytes)' },
  fileTypes: { vi: 'Loại tệp nhận', en: 'File types taken', form: { vi: 'pdf docx', en: 'pdf docx' } },
}
