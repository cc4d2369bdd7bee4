-- replaced_at stays null for the newest version of a file, and for the newest of the person who made
-- the file: what others write over it must not push that version out.
update version set replaced_at = null
  where replaced_at is not null and (file_id, number) in
    (select v.file_id, max(v.number) from version v
      join node n on n.id = v.file_id and n.person_id = v.person_id group by v.file_id);

-- node.shared of a file: 1 if somebody else than its maker wrote a version. Only who may delete
-- everything may then remove the file from the bin, and delete the folders above it.
update node set shared = 1 where kind = 1 and exists
  (select 1 from version v where v.file_id = node.id and v.person_id is not node.person_id);

with recursive up (id) as (
  select parent from node where kind = 1 and shared = 1
  union
  select n.parent from up join node n on n.id = up.id)
update node set shared = 1 where id in (select id from up);

drop trigger version_comes;

create trigger version_comes after insert on version begin
  update version set replaced_at = new.written_at
    where file_id = new.file_id and number < new.number and replaced_at is null
      and (new.person_id is (select person_id from node where id = new.file_id)
        or person_id is not (select person_id from node where id = new.file_id));
  insert into usage (account, bytes, items)
    select space, new.size, 0 from node where id = new.file_id
    union all
    select 'people/' || new.person_id, new.size, 0 from node
      where id = new.file_id and space like 'rooms/%'
    on conflict (account) do update set bytes = bytes + excluded.bytes;
end;
