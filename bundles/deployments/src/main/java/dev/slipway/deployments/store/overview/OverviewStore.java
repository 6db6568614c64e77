package dev.slipway.deployments.store.overview;

import dev.slipway.data.Database;
import dev.slipway.deployments.store.DeploymentRow;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What pages show of deployments; every call needs a unit of work. */
public final class OverviewStore {
  private final OverviewMapper mapper;

  public OverviewStore(Database database) {
    mapper = database.mapper(OverviewMapper.class);
  }

  /** The newest deployment of each of these apps that has one, by app. */
  public Map<UUID, DeploymentRow> newest(Collection<UUID> apps) {
    return mapper.newest(apps.toArray(UUID[]::new)).stream()
        .collect(Collectors.toMap(DeploymentRow::appId, Function.identity()));
  }

  /** The newest deployments of an app, newest first. */
  public List<DeploymentRow> recent(UUID appId, int limit) {
    return mapper.recent(appId, limit);
  }
}
