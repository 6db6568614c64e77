--liquibase formatted sql
--changeset slipway:0006-second-factor
create table accounts_second_factor (
  id uuid primary key references accounts_user (id) on delete cascade,
  secret text not null,
  confirmed boolean not null,
  last_step bigint not null,
  failures int not null,
  locked_until timestamptz,
  created_at timestamptz not null
);
comment on column accounts_second_factor.id is 'the user';
comment on column accounts_second_factor.secret is 'sealed';
comment on column accounts_second_factor.last_step is 'time step of the newest code that was taken: no code works twice';
select slipway_platform_table('accounts_second_factor');

create table accounts_recovery_code (
  id uuid primary key,
  user_id uuid not null references accounts_second_factor (id) on delete cascade,
  code_hash text not null,
  constraint accounts_recovery_code_hash unique (user_id, code_hash)
);
select slipway_platform_table('accounts_recovery_code');
