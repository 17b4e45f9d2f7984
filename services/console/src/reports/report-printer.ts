import { createPrintThread, type PrintThread } from '@docaxis/print'
import type { PrintedReport } from './print-report.ts'

export type ReportPrinter = PrintThread<PrintedReport>

export function createReportPrinter(): ReportPrinter {
  return createPrintThread(new URL('./print-report.ts', import.meta.url), 'printReport')
}
