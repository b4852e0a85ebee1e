-- A mark of the settings by which the private-network profile was last looked at in the MDM; null for never.
alter table sync add column profile_by varchar(64);
