package dev.slipway.deployments.engine;

import dev.slipway.fleet.Commands;
import dev.slipway.fleet.Edges;
import dev.slipway.fleet.Servers;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The servers, the way to their agents, and what those measure. */
@Component(service = Fleet.class)
public final class Fleet {
  private final Servers servers;
  private final Commands commands;
  private final Edges edges;

  @Activate
  public Fleet(@Reference Servers servers, @Reference Commands commands, @Reference Edges edges) {
    this.servers = servers;
    this.commands = commands;
    this.edges = edges;
  }

  public Servers servers() {
    return servers;
  }

  public Commands commands() {
    return commands;
  }

  public Edges edges() {
    return edges;
  }
}
