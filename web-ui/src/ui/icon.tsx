const paths = {
  attach:
    'M20 11.5 11.8 19.7a5 5 0 0 1-7.1-7.1L13.2 4a3.3 3.3 0 0 1 4.7 4.7l-8.5 8.5a1.7 1.7 0 0 1-2.4-2.4l7.9-7.8',
  back: 'M15 5l-7 7 7 7',
  bold: 'M7 5h6a3.5 3.5 0 0 1 0 7H7zM7 12h7a3.5 3.5 0 0 1 0 7H7z',
  check: 'M5 12.5 10 17.5 19.5 7',
  checks: 'M2.500 12.500 7 17.500 15.500 7.500M11.500 16.500l1 1 9-10',
  close: 'M6 6l12 12M18 6 6 18',
  code: 'M8.500 7 3.500 12l5 5M15.500 7l5 5-5 5',
  copy: 'M9 8h10a1 1 0 0 1 1 1v10a1 1 0 0 1-1 1H9a1 1 0 0 1-1-1V9a1 1 0 0 1 1-1zM16 8V5a1 1 0 0 0-1-1H5a1 1 0 0 0-1 1v10a1 1 0 0 0 1 1h3',
  download: 'M12 4v11M7.5 11 12 15.5 16.5 11M5 20h14',
  down: 'M12 5v14M6 13l6 6 6-6',
  edit: 'M4 20h4L19 9a2.8 2.8 0 0 0-4-4L4 16v4M13.5 6.5l4 4',
  file: 'M7 3h7l5 5v11a2 2 0 0 1-2 2H7a2 2 0 0 1-2-2V5a2 2 0 0 1 2-2zM14 3v5h5',
  folder: 'M3 7a2 2 0 0 1 2-2h4l2 2.5h8a2 2 0 0 1 2 2V17a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2z',
  globe:
    'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM3 12h18M12 3c2.6 2.6 3.8 5.6 3.8 9s-1.2 6.4-3.8 9c-2.6-2.6-3.8-5.6-3.8-9S9.4 5.6 12 3z',
  hash: 'M9.5 4 7.5 20M16.5 4l-2 16M4.5 9h15.500M4 15h15.5',
  italic: 'M10 5h7M7 19h7M14 5l-4 14',
  leave: 'M14 4h4a2 2 0 0 1 2 2v12a2 2 0 0 1-2 2h-4M10 8l-4 4 4 4M6 12h9',
  letters: 'M3 18 8 6l5 12M4.700 14h6.600M20.500 11v7M20.500 14.500a3 3 0 1 0-6 0 3 3 0 0 0 6 0z',
  link: 'M10 14a4 4 0 0 0 5.7 0l3.2-3.200a4 4 0 0 0-5.700-5.700L12 6.300M14 10a4 4 0 0 0-5.700 0l-3.200 3.200a4 4 0 0 0 5.700 5.700L12 17.700',
  list: 'M9 6h11M9 12h11M9 18h11M4.500 6h.01M4.500 12h.01M4.500 18h.01',
  lock: 'M6 11h12a1 1 0 0 1 1 1v7a1 1 0 0 1-1 1H6a1 1 0 0 1-1-1v-7a1 1 0 0 1 1-1zM8 11V8a4 4 0 0 1 8 0v3',
  menu: 'M4 7h16M4 12h16M4 17h16',
  people:
    'M9 11.500a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7zM2.5 20c.3-3.6 3-5.5 6.5-5.500s6.2 1.9 6.5 5.500M16 4.900a3.5 3.5 0 0 1 0 6.300M17.5 14.900c2.3.7 3.8 2.4 4 5.1',
  pin: 'M8.500 3.500h7M9.500 3.500l.5 6-3.500 4h11l-3.500-4 .5-6M12 13.500V21',
  plus: 'M12 5v14M5 12h14',
  quote: 'M5 6v12M10 8h10M10 12h10M10 16h6',
  reply: 'M10 6 4 11.500l6 5.500M4 11.500h9a7 7 0 0 1 7 7',
  search: 'M10.5 17a6.500 6.500 0 1 0 0-13 6.500 6.500 0 0 0 0 13zM15.300 15.300 20 20',
  send: 'M4.5 12 4 4.5 21 12 4 19.5 4.5 12zM4.5 12H12',
  settings:
    'M4 7h9M19 7h1M4 17h1M11 17h9M16 9.500a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5zM8 19.500a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5z',
  smile:
    'M12 21a9 9 0 1 1 0-18 9 9 0 0 1 0 18zM8 14a4.500 4.500 0 0 0 8 0M9 9.500h.01M15 9.500h.01',
  spoiler:
    'M3 3l18 18M10.600 6.200A9.500 9.500 0 0 1 21.500 12a14 14 0 0 1-2.700 3.300M6.300 7.600A13.500 13.500 0 0 0 2.500 12a9.900 9.900 0 0 0 13.200 5.200',
  strike:
    'M4 12h16M16.500 8a4 3.500 0 0 0-4.500-3c-3 0-4.500 1.500-4.500 3.500 0 1.500 1 2.600 2.500 3.500M7.500 16a4.500 3.500 0 0 0 4.800 3c3 0 4.700-1.600 4.700-3.500 0-1.400-.6-2.500-2-3.500',
  trash: 'M4 7h16M9.5 7V4.500h5V7M6 7l1 13h10l1-13M10 11v5.500M14 11v5.5',
  unread:
    'M20.500 13V17a2 2 0 0 1-2 2H9l-4.500 3v-3a2 2 0 0 1-1-2V7a2 2 0 0 1 2-2H13M18.500 8.500a3 3 0 1 0 0-6 3 3 0 0 0 0 6z',
  unfold: 'M6 9.500 12 15.500 18 9.500',
  unpin:
    'M8.500 3.500h7M9.700 6l-.2-2.500M14 10l.5-6.500M10 9.500l-3.500 4h7M12 13.500V21M3.500 3.500l17 17',
  upload: 'M12 16V5M7.5 9.5 12 5l4.5 4.500M5 20h14',
  warning: 'M12 4 2.8 20h18.400zM12 10v4.500M12 17.300v.2',
} as const

export type IconName = keyof typeof paths

/** A picture that only repeats what a text or label beside it says. */
export function Icon({ name }: { readonly name: IconName }) {
  return (
    <svg
      className="icon"
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.8"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      focusable="false"
    >
      <path d={paths[name]} />
    </svg>
  )
}

/** Three bars of one shape: talk, share, publish. */
export function Mark() {
  return (
    <svg className="mark" viewBox="0 0 32 32" aria-hidden="true" focusable="false">
      <rect className="mark-ground" width="32" height="32" rx="9" />
      <rect className="mark-bar" x="8" y="8" width="16" height="4" rx="2" />
      <rect className="mark-bar" x="8" y="14" width="11" height="4" rx="2" />
      <rect className="mark-bar" x="8" y="20" width="6" height="4" rx="2" />
    </svg>
  )
}
