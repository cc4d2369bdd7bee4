-- What chat-service must still be told: a site shows a folder of a room, or does so no more.
create table site_event (
  place     integer not null primary key autoincrement,
  event_id  text    not null unique,
  room_id   text    not null,
  person_id text    not null,
  site      text    not null,
  url       text    not null,
  published integer not null check (published in (0, 1)),
  unique (room_id, site)
) strict;
