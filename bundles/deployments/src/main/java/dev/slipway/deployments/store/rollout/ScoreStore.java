package dev.slipway.deployments.store.rollout;

import dev.slipway.data.Database;
import dev.slipway.deployments.store.SweepMapper;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Health scores of deployments; every call needs a unit of work. */
public final class ScoreStore {
  private final ScoreMapper mapper;

  public ScoreStore(Database database) {
    mapper = database.mapper(ScoreMapper.class);
  }

  public Optional<ScoreRow> find(UUID deploymentId) {
    return Optional.ofNullable(mapper.find(deploymentId));
  }

  /** The newest score of a deployment. */
  public void put(ScoreRow row) {
    mapper.put(row);
  }

  /**
   * Live deployments of all tenants that are to be scored, longest unscored first.
   *
   * @param born only those that went live after this
   * @param since not those that were scored, or went live, after this
   */
  public List<SweepMapper.Found> due(Instant born, Instant since, int limit) {
    return mapper.due(born, since, limit);
  }

  /** The app is gone. */
  public void deleteOfApp(UUID appId) {
    mapper.deleteOfApp(appId);
  }
}
