/** Never answers, and keeps its thread busy. */
export function checkPdf(): never {
  for (;;) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1_000)
}
