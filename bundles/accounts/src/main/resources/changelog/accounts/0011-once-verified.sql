--liquibase formatted sql
--changeset slipway:0011-once-verified
alter table accounts_user add column once_verified boolean not null default false;
comment on column accounts_user.once_verified is
  'an address of the account was verified before operators moved it to another: it is nobody''s who lies in wait';
update accounts_user u set once_verified = true
where exists (select 1 from accounts_identity i where i.user_id = u.id);
