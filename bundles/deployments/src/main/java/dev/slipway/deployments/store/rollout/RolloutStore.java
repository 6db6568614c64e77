package dev.slipway.deployments.store.rollout;

import dev.slipway.api.Times;
import dev.slipway.data.Database;
import java.util.Optional;
import java.util.UUID;

/** Rollout policies of apps, and by which one a deployment goes; calls need a unit of work. */
public final class RolloutStore {
  private final RolloutMapper mapper;
  private final RolloutRunMapper runs;

  public RolloutStore(Database database) {
    mapper = database.mapper(RolloutMapper.class);
    runs = database.mapper(RolloutRunMapper.class);
  }

  /** By which policy a deployment goes; empty where the app had none. */
  public Optional<RolloutRunRow> run(UUID deploymentId) {
    return Optional.ofNullable(runs.find(deploymentId));
  }

  public void begin(RolloutRunRow row) {
    runs.insert(row);
  }

  /** A gate failed and the deployment goes on; false where that was noted before. */
  public boolean breach(UUID deploymentId, String why) {
    return runs.breach(deploymentId, why) > 0;
  }

  /** Scripts are to say whether a watch may end. */
  public void ask(UUID deploymentId, int step) {
    runs.ask(deploymentId, step);
  }

  /** They have their turn from now on; said again it changes nothing. */
  public void asked(RolloutRunRow asking) {
    runs.asked(asking.id(), asking.askedStep(), Times.now());
  }

  /** They have said so; of a watch that is over meanwhile nobody wants to know. */
  public void answer(RolloutRunRow asked, String answer) {
    runs.answer(asked.id(), asked.askedStep(), answer);
  }

  /** What is known of an app's rollouts goes with it. */
  public void deleteRunsOfApp(UUID appId) {
    runs.deleteOfApp(appId);
  }

  public Optional<RolloutRow> ofApp(UUID appId) {
    return Optional.ofNullable(mapper.ofApp(appId));
  }

  public void insert(RolloutRow row) {
    mapper.insert(row);
  }

  public void update(RolloutRow row) {
    mapper.update(row);
  }

  /** False where the app had none. */
  public boolean deleteOfApp(UUID appId) {
    return mapper.deleteOfApp(appId) > 0;
  }
}
