-- Who made an item; null for folders from before this migration, which nobody can prove to be theirs.
alter table node add column person_id text;

-- 1 if something below this folder was made by another person than the folder. It stays 1 when that
-- is gone: only who may delete everything may then delete the folder.
alter table node add column shared integer not null default 0 check (shared in (0, 1));

-- How many levels are below, at least: it grows with what is added, and does not shrink. It is here
-- so that a folder of any size can be moved without reading it.
alter table node add column height integer not null default 0;

update node set person_id =
  (select v.person_id from version v where v.file_id = node.id order by v.number limit 1)
  where kind = 1;
update node set person_id = substr(space, 8) where kind = 0 and space like 'people/%';

with recursive up (ancestor, height) as (
  select parent, 1 from node where parent <> ''
  union
  select n.parent, up.height + 1 from up join node n on n.id = up.ancestor where n.parent <> '')
update node set height = deepest.height
  from (select ancestor, max(height) height from up group by ancestor) deepest
  where node.id = deepest.ancestor;

-- The top of each tree that was deleted, and where it was. Its node has the parent 'deleted' and its
-- id as its name, so no path leads to it or to what is below. Until `purging` is 1 it lies in the bin
-- of its space and can be restored; then it is removed in the background. maker: who made all of it,
-- and may remove it from the bin; null if several people did.
create table deleted (
  node_id    text    not null primary key references node (id) on delete cascade,
  space      text    not null,
  parent     text    not null,
  name       text    not null,
  maker      text,
  person_id  text    not null, -- who deleted it
  deleted_at integer not null,
  purging    integer not null check (purging in (0, 1))
) strict;

create index deleted_space on deleted (space, purging, maker);
create index deleted_purging on deleted (purging, deleted_at);

-- Readiness writes a row here, and deletes it.
create table probe (
  filler blob not null
) strict;

-- room_id: the room whose folder it shows; null for a person's own folder. files: how many files the
-- published version has. untidy: 1 while there may be files of other versions than the published one
-- and the one before it, which are deleted in the background.
alter table site add column room_id text;
alter table site add column files integer not null default 0;
alter table site add column untidy integer not null default 1 check (untidy in (0, 1));

update site set room_id = lower(substr(folder, 7, 36)) where folder like 'rooms/%';
update site set files =
  (select count(*) from site_file f where f.site = site.name and f.version = site.version)
  where published_at is not null;

drop index site_person;
create index site_person on site (person_id, name);
create index site_untidy on site (untidy) where untidy = 1;
create index site_published on site (name, version) where published_at is not null;
create index site_room on site (room_id, name) where room_id is not null and published_at is not null;

-- How many files all published sites have together.
alter table site_revision add column files integer not null default 0;

update site_revision
  set files = (select coalesce(sum(files), 0) from site where published_at is not null);
