-- What the names of sites look like, as SiteName.skeleton computes it: a new name must not look like
-- one that is taken. Of names from before that look alike, the oldest has the skeleton.
create table site_skeleton (
  skeleton text not null primary key,
  site     text not null references site (name)
) strict, without rowid;

insert or ignore into site_skeleton (skeleton, site)
  select replace(replace(name, 'm', 'rn'), '1', 'l'), name from site order by rowid;
