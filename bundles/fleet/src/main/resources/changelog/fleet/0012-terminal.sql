--liquibase formatted sql

--changeset slipway:0012-terminal
-- Terminals that clients have open, for agents that come to another node with theirs. What is on its way between the two
-- nodes needs to survive nothing; it goes with either of them.
create unlogged table fleet_terminal (
  id uuid primary key,
  tenant_id uuid not null,
  server_id uuid not null,
  node uuid not null references fleet_node (node) on delete cascade,
  -- Where the agent has come to, if that is another one.
  agent_node uuid references fleet_node (node) on delete cascade);
create index fleet_terminal_server on fleet_terminal (server_id);
create index fleet_terminal_node on fleet_terminal (node);
create index fleet_terminal_agent_node on fleet_terminal (agent_node) where agent_node is not null;
select slipway_tenant_table('fleet_terminal');

create unlogged table fleet_terminal_piece (
  terminal_id uuid not null references fleet_terminal (id) on delete cascade,
  tenant_id uuid not null,
  to_agent boolean not null,
  number bigint not null,
  -- Sealed.
  content text not null,
  primary key (terminal_id, to_agent, number));
select slipway_tenant_table('fleet_terminal_piece');
