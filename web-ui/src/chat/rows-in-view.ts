import type { Stretch } from './seen-stretches.ts'

/** Of a row that ends at the lower edge, browsers may say that it ends a little below. */
const edgePixels = 1

/**
 * The places of the rows whose end is in view; `null` if none is. Rows are in order, and each has its
 * `seq` in `data-seq`.
 */
export function stretchInView(scroller: HTMLElement): Stretch | null {
  const rows = [...scroller.querySelectorAll<HTMLElement>('[data-seq]')]
  const view = scroller.getBoundingClientRect()
  const endOf = (row: HTMLElement) => row.getBoundingClientRect().bottom
  const first = firstWhere(rows, (row) => endOf(row) > view.top)
  const beyond = firstWhere(rows, (row) => endOf(row) > view.bottom + edgePixels)
  const from = seqOf(rows[first])
  const to = seqOf(rows[beyond - 1])
  return first < beyond && from !== null && to !== null ? { from, to } : null
}

/** The index of the first row of which this is so; it is so of all behind it. */
function firstWhere(rows: readonly HTMLElement[], isSo: (row: HTMLElement) => boolean): number {
  let from = 0
  let to = rows.length
  while (from < to) {
    const middle = (from + to) >> 1
    const row = rows[middle]
    if (row !== undefined && isSo(row)) {
      to = middle
    } else {
      from = middle + 1
    }
  }
  return from
}

function seqOf(row: HTMLElement | undefined): number | null {
  return row === undefined ? null : Number(row.dataset.seq)
}
