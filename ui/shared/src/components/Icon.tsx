// Small line pictures. They say nothing to a screen reader: the words beside them do.

const PATHS = {
  home: 'M3.5 11 12 4l8.5 7M6 9.5V20h12V9.5M10 20v-5.5h4V20',
  person: 'M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4.5 20.5c.6-4 3.6-6 7.5-6s6.9 2 7.5 6',
  inbox: 'M4 13.5 6.5 5h11l2.5 8.5V19H4zM4 13.5h4.5l1.5 2.5h4l1.5-2.5H20',
  share: 'M7 14.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5zM17 8a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5zM17 21a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5zM9.2 10.8l5.6-4M9.2 13.2l5.6 4',
  eye: 'M2.5 12S6 6 12 6s9.5 6 9.5 6-3.5 6-9.5 6-9.5-6-9.5-6zM12 9.5a2.5 2.5 0 1 0 0 5 2.5 2.5 0 0 0 0-5z',
  eyeOff: 'M4 4l16 16M9.9 6.3A9.6 9.6 0 0 1 12 6c6 0 9.5 6 9.5 6a17 17 0 0 1-2.7 3.3M6.4 7.8A16 16 0 0 0 2.5 12S6 18 12 18a9 9 0 0 0 4.5-1.3M10.2 10.3a2.5 2.5 0 0 0 3.5 3.5',
  card: 'M3.5 6h17v12h-17zM8.5 9.5v5M6 12h5M14.5 10.5H18M14.5 13.5H17',
  settings: 'M4 7h9M17 7h3M15 9.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5zM4 17h3M11 17h9M9 19.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5z',
  gift: 'M4 11h16v9H4zM3 7.5h18V11H3zM12 7.5V20M12 7.5S10.5 3.5 8 3.5 6 7.5 8.5 7.5zM12 7.5s1.5-4 4-4 2 4-.5 4z',
  lock: 'M6 11h12v9.5H6zM8.5 11V8a3.5 3.5 0 0 1 7 0v3M12 14.5V17',
  more: 'M4 6.5h16M4 12h16M4 17.5h16',
  tick: 'M4.5 12.5l5 5L19.5 7',
  cross: 'M6 6l12 12M18 6L6 18',
  plus: 'M12 5v14M5 12h14',
  pencil: 'M4.5 19.5l1-4L16 5l3 3L8.5 18.5zM14 7l3 3',
  bin: 'M5 7h14M9.5 7V4.5h5V7M7 7l1 13h8l1-13M10.5 10.5v6M13.5 10.5v6',
  back: 'M14.5 5.5 8 12l6.5 6.5',
  next: 'M9.5 5.5 16 12l-6.5 6.5',
  warning: 'M12 4 2.5 20h19zM12 10v5M12 17.5v.01',
  info: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM12 11v5.5M12 7.5v.01',
  siren: 'M6 18v-5a6 6 0 0 1 12 0v5M4 18h16v2.5H4zM12 4V2M4.5 6.5 3 5M19.5 6.5 21 5M12 10.5V14',
  offline: 'M4 4l16 16M7.5 18H17a4 4 0 0 0 2.5-.9M20.7 14.5A4 4 0 0 0 17 10h-.5a5.5 5.5 0 0 0-6.9-3.7M6.9 8.8A5.5 5.5 0 0 0 6 10.2 4 4 0 0 0 7 18',
  clock: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM12 7v5.5l3.5 2',
  pause: 'M9 5.5v13M15 5.5v13',
  stop: 'M6.5 6.5h11v11h-11z',
  play: 'M8 5.5v13l10.5-6.5z',
  shield: 'M12 3l8 3v6c0 4.5-3.5 7.5-8 9-4.5-1.5-8-4.5-8-9V6zM8.5 12l2.5 2.5 4.5-5',
  file: 'M6 3.5h8l4.5 4.5v12.5H6zM14 3.5V8h4.5',
  upload: 'M12 16V4.5M7 9l5-4.5L17 9M4.5 16.5v3.5h15v-3.5',
  download: 'M12 4.5V16M7 11.5l5 4.5 5-4.5M4.5 17v3h15v-3',
  print: 'M7 9V3.5h10V9M7 17H4V9h16v8h-3M7 14h10v6.5H7z',
  key: 'M8 17a4.5 4.5 0 1 0 0-9 4.5 4.5 0 0 0 0 9zM12 11.5l8.5.0v3M17 11.5v2.5',
  qr: 'M4 4h6v6H4zM14 4h6v6h-6zM4 14h6v6H4zM14 14h2.5v2.5H14zM17.5 17.5H20V20h-2.5zM20 14v.01M14 20v.01',
  link: 'M10 14a4 4 0 0 0 5.7 0l3-3A4 4 0 0 0 13 5.3l-1 1M14 10a4 4 0 0 0-5.7 0l-3 3A4 4 0 0 0 11 18.7l1-1',
  undo: 'M8.5 4.5L3 10l5.5 5.5M3 10h12a5.5 5.5 0 0 1 0 11h-4',
  filter: 'M4 6h16M7 12h10M10 18h4',
  chart: 'M4 4v16h16M8 16.5V12M12.5 16.5V7M17 16.5v-6.5',
  sync: 'M4.5 12a7.5 7.5 0 0 1 13-5.2L20 9M20 4.5V9h-4.5M19.5 12a7.5 7.5 0 0 1-13 5.2L4 15M4 19.5V15h4.5',
} as const;

export type IconName = keyof typeof PATHS;

/** They point along the line, and the other way where it runs from right to left. */
const POINTING: readonly IconName[] = ['back', 'next'];

/** A picture as high as the words beside it. */
export function Icon({ name }: { name: IconName }) {
  return (
    <svg className={POINTING.includes(name) ? 'icon pointing' : 'icon'} viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path d={PATHS[name]} />
    </svg>
  );
}
