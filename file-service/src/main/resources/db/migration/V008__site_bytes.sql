-- What the published version of a site takes where visitors read it: whole blocks of 4 KiB, and each
-- content once, as SiteSize counts it. And what all published sites take together.
alter table site add column bytes integer not null default 0;
alter table site_revision add column bytes integer not null default 0;

update site set bytes =
  (select coalesce(sum(max((size + 4095) / 4096, 1) * 4096), 0) from (
    select distinct sha256, size from site_file
      where site_file.site = site.name and site_file.version = site.version))
  where published_at is not null;

update site_revision set bytes =
  (select coalesce(sum(bytes), 0) from site where published_at is not null);
