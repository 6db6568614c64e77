--liquibase formatted sql
--changeset guest:0001-note
create table guest_note (id uuid primary key, tenant_id uuid not null, text text not null);
select slipway_tenant_table('guest_note');
create table guest_flag (name text primary key);
select slipway_platform_table('guest_flag');
