// What draws (`./sheets`, `printReceipt`) and its libraries are loaded by the threads that print, and by nobody else.
export { createPrintThread, type PrintThread } from './print-thread.ts'
export { printable } from './printable.ts'
export type { DocumentOnPaper, ReceiptToPrint, StampOnPaper } from './receipt/print-receipt.ts'
export { createReceiptPrinter, type ReceiptPrinter } from './receipt/receipt-printer.ts'
export { statementOf, titles } from './receipt/statement.ts'
