package dev.slipway.deployments.service.overview;

import dev.slipway.api.Scope;
import dev.slipway.api.Times;
import dev.slipway.apps.EnvironmentFigures;
import dev.slipway.data.Database;
import dev.slipway.deployments.store.overview.FigureMapper;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** What deployments know of environments; nothing of their requests. */
@Component(service = EnvironmentFigures.class)
public final class DeploymentFigures implements EnvironmentFigures {
  private static final Counts NONE = new Counts(null, null, null, 0, 0);

  private final Database database;
  private final FigureMapper figures;

  @Activate
  public DeploymentFigures(@Reference Database database) {
    this.database = database;
    figures = database.mapper(FigureMapper.class);
  }

  @Override
  public Map<UUID, Counts> within(Scope scope, Collection<UUID> environmentIds, Duration time) {
    var ids = environmentIds.toArray(UUID[]::new);
    var counted =
        database.read(scope, () -> figures.counts(ids, Times.now().minus(time))).stream()
            .collect(
                Collectors.toMap(
                    FigureMapper.Counted::environmentId,
                    row -> new Counts(null, null, null, row.deployments(), row.failed())));
    return environmentIds.stream()
        .distinct()
        .collect(Collectors.toMap(id -> id, id -> counted.getOrDefault(id, NONE)));
  }

  @Override
  public Map<UUID, Promotion> promotions(Scope scope, Collection<UUID> environmentIds) {
    var ids = environmentIds.toArray(UUID[]::new);
    return database.read(scope, () -> figures.promotions(ids)).stream()
        .collect(
            Collectors.toMap(
                FigureMapper.Promoted::environmentId,
                row -> new Promotion(row.deploymentId(), row.at(), null)));
  }
}
