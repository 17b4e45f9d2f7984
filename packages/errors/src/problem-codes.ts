/** One row per failure a caller of the HTTP API can meet. A code is a promise: never renamed, never reused. */
export interface ProblemRow {
  /** HTTP status of the answer (RFC 9110). */
  readonly status: number
  /** Whether sending the same request again can succeed without changing it. */
  readonly retryable: boolean
  readonly title: { readonly vi: string; readonly en: string }
}

const rows = {
  REQUEST_INVALID: {
    status: 400,
    retryable: false,
    title: { vi: 'Yêu cầu không đúng định dạng', en: 'The request is not well-formed' },
  },
  ENVELOPE_MALFORMED: {
    status: 400,
    retryable: false,
    title: { vi: 'Tệp gửi lên không phải là gói tin edXML đọc được', en: 'The file is not a readable edXML envelope' },
  },
  AUTHENTICATION_REQUIRED: {
    status: 401,
    retryable: false,
    title: { vi: 'Chưa xác thực được hệ thống gọi', en: 'The calling system is not authenticated' },
  },
  FORBIDDEN: {
    status: 403,
    retryable: false,
    title: { vi: 'Hệ thống không có quyền thực hiện việc này', en: 'The system may not do this' },
  },
  SENDER_NOT_ALLOWED: {
    status: 403,
    retryable: false,
    title: { vi: 'Hệ thống không được gửi thay cho cơ quan này', en: 'The system may not send for this agency' },
  },
  CONFORMANCE_IN_PRODUCTION: {
    status: 403,
    retryable: false,
    title: {
      vi: 'Không chạy kiểm thử kết nối trên trục chính thức',
      en: 'The conformance script is not played on a production hub',
    },
  },
  NOT_FOUND: { status: 404, retryable: false, title: { vi: 'Không tìm thấy', en: 'Not found' } },
  METHOD_NOT_ALLOWED: {
    status: 405,
    retryable: false,
    title: { vi: 'Không hỗ trợ phương thức này', en: 'The method is not supported here' },
  },
  DOCUMENT_EXISTS: {
    status: 409,
    retryable: false,
    title: {
      vi: 'Mã văn bản đã được dùng cho nội dung khác',
      en: 'The document id names other content already accepted',
    },
  },
  IDEMPOTENCY_CONFLICT: {
    status: 409,
    retryable: false,
    title: {
      vi: 'Khóa Idempotency-Key đã dùng cho yêu cầu khác',
      en: 'The Idempotency-Key was used for another request',
    },
  },
  STATE_CONFLICT: {
    status: 409,
    retryable: false,
    title: { vi: 'Trạng thái hiện tại không cho phép việc này', en: 'The current state does not allow this' },
  },
  UPLOAD_OFFSET: {
    status: 409,
    retryable: false,
    title: { vi: 'Tệp đang tải lên tiếp tục từ vị trí khác', en: 'The upload goes on from another offset' },
  },
  UPLOAD_VERSION: {
    status: 412,
    retryable: false,
    title: {
      vi: 'Không hỗ trợ phiên bản giao thức tải lên này',
      en: 'The version of the upload protocol is not supported',
    },
  },
  ENVELOPE_TOO_LARGE: {
    status: 413,
    retryable: false,
    title: { vi: 'Gói tin vượt dung lượng cho phép', en: 'The envelope is larger than allowed' },
  },
  UNSUPPORTED_MEDIA_TYPE: {
    status: 415,
    retryable: false,
    title: { vi: 'Kiểu nội dung không được hỗ trợ', en: 'The content type is not supported' },
  },
  RANGE_NOT_SATISFIABLE: {
    status: 416,
    retryable: false,
    title: { vi: 'Khoảng dữ liệu yêu cầu không hợp lệ', en: 'The requested range is not satisfiable' },
  },
  ENVELOPE_REFUSED: {
    status: 422,
    retryable: false,
    title: { vi: 'Gói tin không đạt yêu cầu', en: 'The envelope does not meet the rules' },
  },
  SIGNATURE_REFUSED: {
    status: 422,
    retryable: false,
    title: { vi: 'Chữ ký số của gói tin không được chấp nhận', en: 'The signature of the envelope is not accepted' },
  },
  ATTACHMENT_REFUSED: {
    status: 422,
    retryable: false,
    title: {
      vi: 'Chữ ký số trong tệp đính kèm không được chấp nhận',
      en: 'A signature inside an attachment is not accepted',
    },
  },
  MALWARE_FOUND: {
    status: 422,
    retryable: false,
    title: { vi: 'Tệp đính kèm có mã độc', en: 'An attachment holds malware' },
  },
  STATE_SECRET: {
    status: 422,
    retryable: false,
    title: {
      vi: 'Không được gửi tài liệu bí mật nhà nước qua trục',
      en: 'State secrets never travel through this hub',
    },
  },
  IMPORT_REFUSED: {
    status: 422,
    retryable: false,
    title: { vi: 'Tệp nhập danh mục có lỗi, chưa ghi dòng nào', en: 'The import file has faults; nothing was written' },
  },
  UPLOAD_IN_USE: {
    status: 423,
    retryable: true,
    title: { vi: 'Tệp này đang được một kết nối khác tải lên', en: 'Another connection is writing to this upload' },
  },
  UPLOAD_QUOTA: {
    status: 429,
    retryable: true,
    title: { vi: 'Hệ thống đang tải lên quá nhiều tệp', en: 'The system has too much being uploaded' },
  },
  RATE_LIMITED: {
    status: 429,
    retryable: true,
    title: { vi: 'Gọi quá nhanh, xin thử lại sau', en: 'Too many requests; try again later' },
  },
  // Not of RFC 9110: the checksum extension of tus 1.0.0 names this status.
  UPLOAD_CHECKSUM: {
    status: 460,
    retryable: true,
    title: { vi: 'Phần tải lên bị sai lệch trên đường truyền', en: 'The part was damaged on its way' },
  },
  INTERNAL: {
    status: 500,
    retryable: true,
    title: {
      vi: 'Trục gặp lỗi ngoài dự kiến; hãy gửi lại và báo mã tra cứu cho quản trị',
      en: 'The hub failed unexpectedly; send again and report the trace id',
    },
  },
  STORAGE_UNAVAILABLE: {
    status: 503,
    retryable: true,
    title: {
      vi: 'Trục tạm thời chưa lưu được; hãy gửi lại sau',
      en: 'The hub cannot store this now; send again later',
    },
  },
  SIGNATURE_UNPROVEN: {
    status: 503,
    retryable: true,
    title: {
      vi: 'Chưa đủ dữ liệu để kết luận về chữ ký số; hãy gửi lại sau',
      en: 'The signature cannot be decided yet; send again later',
    },
  },
  ATTACHMENT_UNPROVEN: {
    status: 503,
    retryable: true,
    title: {
      vi: 'Chưa đủ dữ liệu để kết luận về chữ ký số trong tệp đính kèm; hãy gửi lại sau',
      en: 'A signature inside an attachment cannot be decided yet; send again later',
    },
  },
  MALWARE_UNCHECKED: {
    status: 503,
    retryable: true,
    title: {
      vi: 'Chưa quét được mã độc trong tệp đính kèm; hãy gửi lại sau',
      en: 'The attachments cannot be scanned for malware now; send again later',
    },
  },
  SHUTTING_DOWN: {
    status: 503,
    retryable: true,
    title: { vi: 'Trục đang khởi động lại; hãy gửi lại sau', en: 'The hub is restarting; send again later' },
  },
  EVENT_INVALID: {
    status: 500,
    retryable: false,
    title: { vi: 'Sự kiện nội bộ không đúng lược đồ', en: 'An internal event does not match its schema' },
  },
} as const satisfies Record<string, ProblemRow>

export type ProblemCode = keyof typeof rows
export const problemCodes: Readonly<Record<ProblemCode, ProblemRow>> = rows
