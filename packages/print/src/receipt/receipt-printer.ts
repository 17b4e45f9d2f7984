import { createPrintThread, type PrintThread } from '../print-thread.ts'
import type { ReceiptToPrint } from './print-receipt.ts'

export type ReceiptPrinter = PrintThread<ReceiptToPrint>

export function createReceiptPrinter(): ReceiptPrinter {
  return createPrintThread(new URL('./print-receipt.ts', import.meta.url), 'printReceipt')
}
