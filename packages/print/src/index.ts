export { createPrintThread, type PrintThread } from './print-thread.ts'
export { printable } from './printable.ts'
export { drawQr } from './qr.ts'
export {
  checkAddress,
  type DocumentOnPaper,
  printReceipt,
  type ReceiptToPrint,
  type StampOnPaper,
} from './receipt/print-receipt.ts'
export { createReceiptPrinter, type ReceiptPrinter } from './receipt/receipt-printer.ts'
export { statementOf, titles } from './receipt/statement.ts'
export { openSheets, type SheetOptions, type Sheets } from './sheets.ts'
