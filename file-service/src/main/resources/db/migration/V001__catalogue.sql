-- A file or folder. `space` is people/<personId> or rooms/<roomId>; the top of a space has no row,
-- and what lies directly in it has the parent ''. kind 0 is a folder, 1 a file: folders sort first.
create table node (
  id          text    not null primary key,
  space       text    not null,
  parent      text    not null,
  name        text    not null,
  kind        integer not null check (kind in (0, 1)),
  version     integer not null,
  modified_at integer not null -- milliseconds since 1970, UTC
) strict;

create unique index node_name on node (space, parent, name);
create index node_order on node (space, parent, kind, name);
create index node_parent on node (parent);

-- What a file held, from its first bytes to its newest; a version is never changed.
create table version (
  file_id    text    not null references node (id) on delete cascade,
  number     integer not null,
  sha256     text    not null,
  size       integer not null,
  media_type text    not null,
  person_id  text    not null,
  written_at integer not null,
  primary key (file_id, number)
) strict;

create index version_blob on version (sha256);

-- What chat-service must still be told: a file that landed in a room.
create table outbox (
  place      integer not null primary key autoincrement,
  event_id   text    not null unique,
  room_id    text    not null,
  person_id  text    not null,
  file_id    text    not null,
  path       text    not null,
  name       text    not null,
  size       integer not null,
  sha256     text    not null,
  media_type text    not null,
  written_at integer not null
) strict;

-- A site stays with who published it first, also after it was taken down (published_at is null then).
create table site (
  name         text    not null primary key,
  person_id    text    not null,
  folder       text    not null,
  version      integer not null,
  published_at integer
) strict;

create index site_person on site (person_id);

create table site_file (
  site       text    not null references site (name),
  version    integer not null,
  path       text    not null,
  sha256     text    not null,
  size       integer not null,
  media_type text    not null,
  primary key (site, version, path)
) strict;

create index site_file_blob on site_file (sha256);

-- Counts every change of what is published; one row.
create table site_revision (
  revision integer not null
) strict;

insert into site_revision (revision) values (0);
