package dev.slipway.deployments.store;

import dev.slipway.api.Times;
import dev.slipway.data.Database;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Actions, and the steps of deployments and actions; every call needs a unit of work. */
public final class RunStore {
  private final ActionMapper actions;
  private final StepMapper steps;
  private final SweepMapper sweep;

  public RunStore(Database database) {
    actions = database.mapper(ActionMapper.class);
    steps = database.mapper(StepMapper.class);
    sweep = database.mapper(SweepMapper.class);
  }

  /** Takes the gate of an action's app, as {@link DeploymentStore#enter} does. */
  public Optional<UUID> enter(UUID id) {
    return Optional.ofNullable(actions.enter(id));
  }

  public Optional<ActionRow> find(UUID id) {
    return Optional.ofNullable(actions.find(id));
  }

  public void insert(ActionRow row) {
    actions.insert(row);
  }

  /** The action that is done in a place right now. */
  public Optional<ActionRow> running(Place place) {
    return Optional.ofNullable(actions.running(place));
  }

  /** The actions that are done to an app right now, in whatever place. */
  public List<ActionRow> runningOfApp(UUID appId) {
    return actions.runningOfApp(appId);
  }

  /** Ends an action; one that has ended stays as it is. */
  public void end(UUID id, ActionRow.Status status, @Nullable String error) {
    actions.end(id, status, error, Times.now());
  }

  /** The sweeper has the deployment or action in hand. */
  public void looked(UUID id) {
    sweep.looked(id, Times.now());
  }

  /** Adds the steps of a run; none of them has begun. */
  public void plan(List<StepRow> plan) {
    if (!plan.isEmpty()) {
      steps.insertAll(plan);
    }
  }

  /** The steps of a run in order. */
  public List<StepRow> steps(UUID runId) {
    return steps.ofRun(runId);
  }

  /** The steps of the deployment in a place that failed, or was called off, last. */
  public List<StepRow> ofLastEnded(Place place) {
    return steps.ofLastEnded(place);
  }

  public void update(StepRow step) {
    steps.update(step);
  }

  /** The deployment or action that a command was submitted for. */
  public Optional<UUID> runOf(UUID commandId) {
    return Optional.ofNullable(steps.runOfCommand(commandId));
  }

  /**
   * Deployments and actions of all tenants that are not over, longest unseen first; but for those
   * that wait behind another one.
   */
  public List<SweepMapper.Found> unfinished(int limit) {
    return sweep.runs(limit);
  }

  /** Deployments of all tenants that nobody has agreed to in time. */
  public List<SweepMapper.Found> expired(int limit) {
    return sweep.expired(Times.now(), limit);
  }

  /** Deployments of all tenants that were watched for as long as they should be. */
  public List<SweepMapper.Found> watched(int limit) {
    return sweep.watched(Times.now(), limit);
  }

  /** Projects of all tenants that should be taken down by now. */
  public List<SweepMapper.Found> projects(int limit) {
    return sweep.projects(Times.now(), limit);
  }

  /** Instances of all tenants that should be gone by now. */
  public List<SweepMapper.Found> leaving(int limit) {
    return sweep.leaving(Times.now(), limit);
  }

  /** The app is gone; an action that still runs, its teardown, ends by itself. */
  public void deleteOfApp(UUID appId) {
    steps.deleteOfApp(appId);
    actions.deleteOfApp(appId);
  }
}
