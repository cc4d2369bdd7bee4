-- What each account holds. people/<personId>: all of the person's own folder, and what the person
-- wrote in rooms. rooms/<roomId>: all that lies in the room. `bytes` are those of every version that
-- is there, `items` the files and folders; deleted ones count until they are removed for good.
-- Triggers count, so that no statement can forget to.
create table usage (
  account text    not null primary key,
  bytes   integer not null,
  items   integer not null
) strict, without rowid;

insert into usage (account, bytes, items)
  select account, sum(bytes), sum(items) from (
    select space account, 0 bytes, count(*) items from node group by space
    union all
    select n.space, sum(v.size), 0 from version v join node n on n.id = v.file_id group by n.space
    union all
    select 'people/' || person_id, 0, count(*) from node
      where space like 'rooms/%' and person_id is not null group by person_id
    union all
    select 'people/' || v.person_id, sum(v.size), 0 from version v join node n on n.id = v.file_id
      where n.space like 'rooms/%' group by v.person_id)
  group by account;

-- How many items a folder has; the top of a space has the parent ''.
create table folder_size (
  space  text    not null,
  parent text    not null,
  items  integer not null,
  primary key (space, parent)
) strict, without rowid;

insert into folder_size (space, parent, items)
  select space, parent, count(*) from node where parent <> 'deleted' group by space, parent;

-- Contents that lost a version or a site. The sweeper removes those that nothing else uses.
create table released (
  sha256 text not null primary key
) strict, without rowid;

-- When the next version came; null for the newest.
alter table version add column replaced_at integer;

update version set replaced_at =
  (select later.written_at from version later
     where later.file_id = version.file_id and later.number = version.number + 1);

create index version_replaced on version (replaced_at) where replaced_at is not null;

create trigger node_comes after insert on node begin
  insert into usage (account, bytes, items) values (new.space, 0, 1)
    on conflict (account) do update set items = items + 1;
  insert into usage (account, bytes, items)
    select 'people/' || new.person_id, 0, 1
      where new.space like 'rooms/%' and new.person_id is not null
    on conflict (account) do update set items = items + 1;
  insert into folder_size (space, parent, items)
    select new.space, new.parent, 1 where new.parent <> 'deleted'
    on conflict (space, parent) do update set items = items + 1;
end;

-- Before, not after: the versions need their file to know who pays for them.
create trigger node_goes before delete on node begin
  delete from version where file_id = old.id;
  update usage set items = items - 1 where account = old.space;
  update usage set items = items - 1
    where old.space like 'rooms/%' and account = 'people/' || old.person_id;
  update folder_size set items = items - 1 where space = old.space and parent = old.parent;
  delete from folder_size where space = old.space and parent = old.id;
end;

create trigger node_changes_folder after update of space, parent on node
  when old.space <> new.space or old.parent <> new.parent begin
  update folder_size set items = items - 1 where space = old.space and parent = old.parent;
  insert into folder_size (space, parent, items)
    select new.space, new.parent, 1 where new.parent <> 'deleted'
    on conflict (space, parent) do update set items = items + 1;
end;

create trigger node_changes_account after update of space, person_id on node
  when old.space <> new.space or old.person_id is not new.person_id begin
  insert into usage (account, bytes, items)
    select account, sum(bytes), sum(items) from (
      select old.space account, 0 bytes, -1 items
      union all select new.space, 0, 1
      union all select 'people/' || old.person_id, 0, -1
        where old.space like 'rooms/%' and old.person_id is not null
      union all select 'people/' || new.person_id, 0, 1
        where new.space like 'rooms/%' and new.person_id is not null
      union all select old.space, -size, 0 from version where file_id = new.id
      union all select new.space, size, 0 from version where file_id = new.id
      union all select 'people/' || person_id, -size, 0 from version
        where file_id = new.id and old.space like 'rooms/%'
      union all select 'people/' || person_id, size, 0 from version
        where file_id = new.id and new.space like 'rooms/%')
      where true group by account
    on conflict (account) do update set
      bytes = bytes + excluded.bytes, items = items + excluded.items;
end;

create trigger version_comes after insert on version begin
  update version set replaced_at = new.written_at
    where file_id = new.file_id and number = new.number - 1;
  insert into usage (account, bytes, items)
    select space, new.size, 0 from node where id = new.file_id
    union all
    select 'people/' || new.person_id, new.size, 0 from node
      where id = new.file_id and space like 'rooms/%'
    on conflict (account) do update set bytes = bytes + excluded.bytes;
end;

create trigger version_goes after delete on version begin
  update usage set bytes = bytes - old.size
    where account = (select space from node where id = old.file_id);
  update usage set bytes = bytes - old.size
    where account = 'people/' || old.person_id
      and exists (select 1 from node where id = old.file_id and space like 'rooms/%');
  insert or ignore into released (sha256) values (old.sha256);
end;

create trigger site_file_goes after delete on site_file begin
  insert or ignore into released (sha256) values (old.sha256);
end;

-- An event becomes due later than it is written, to keep a pace; `version` is missing in old ones.
alter table outbox add column version integer;
alter table outbox add column due_at integer not null default 0;

create index outbox_due on outbox (due_at, place);
create index outbox_file on outbox (file_id, room_id);

-- Until when a room hears nothing new of a file, and when the bucket of a person is empty again.
create table outbox_pace (
  subject text    not null primary key, -- the id of a file or of a person
  until   integer not null
) strict, without rowid;

create index outbox_pace_until on outbox_pace (until);
