-- An incident that is open: something of a sync that waits for a person. facts tells whether its latest event still holds.
create table incident (
    id        varchar(36)   not null primary key,
    sync      varchar(40)   not null,
    kind      varchar(20)   not null,
    code      varchar(40)   not null,
    opened_at timestamp(3) with time zone not null,
    told_at   timestamp(3) with time zone not null,
    events    integer       not null,
    facts     varchar(100)  not null,
    unique (sync, kind, code)
);

-- An event of an incident, as the JSON that is sent; a channel is told the events of an incident in their order.
alter table notice add column incident varchar(36);
alter table notice add column event varchar(20000);
create index notice_of_incident on notice (incident, channel, id);

-- A digest of many syncs is longer with its links.
alter table notice alter column lines set data type varchar(200000);
