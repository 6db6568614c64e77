package dev.slipway.deployments.service.approval;

import dev.slipway.api.Caller;
import dev.slipway.api.PlatformException;
import dev.slipway.api.Scope;
import dev.slipway.apps.Apps;
import dev.slipway.data.Database;
import dev.slipway.deployments.Deployment;
import dev.slipway.deployments.DeploymentsError;
import dev.slipway.deployments.store.DeploymentStore;
import dev.slipway.deployments.store.approval.IntentRow;
import dev.slipway.deployments.store.approval.IntentStore;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The queue of an app for those who look at it. */
@Component(service = IntentService.class)
public final class IntentService {
  private static final String[] WAITING = {"queued", "approved"};

  private final Database database;
  private final DeploymentStore deployments;
  private final IntentStore intents;
  private final Apps apps;
  private final Decisions decisions;

  @Activate
  public IntentService(
      @Reference Database database, @Reference Apps apps, @Reference Decisions decisions) {
    this.database = database;
    deployments = new DeploymentStore(database);
    intents = new IntentStore(database);
    this.apps = apps;
    this.decisions = decisions;
  }

  /** The newest intents of an app, newest first; null = those that wait. */
  public List<IntentRow> list(Caller caller, UUID appId, String @Nullable [] statuses) {
    apps.require(Scope.of(caller), appId);
    return database.read(
        Scope.of(caller), () -> intents.ofApp(appId, statuses == null ? WAITING : statuses));
  }

  /** One intent. */
  public IntentRow get(Caller caller, UUID appId, UUID id) {
    return database.read(Scope.of(caller), () -> find(appId, id));
  }

  /** Why a deployment waits, or waited; null where it never had to. */
  public @Nullable IntentRow of(Caller caller, Deployment deployment) {
    var id = deployment.intentId();
    return id == null ? null : get(caller, deployment.appId(), id);
  }

  /** Takes it out of the queue. */
  public IntentRow cancel(Caller caller, UUID appId, UUID id, @Nullable String reason) {
    return decide(
        caller,
        appId,
        id,
        intent -> {
          checkOpen(intent);
          decisions.cancel(caller, intent.deploymentId(), reason);
        });
  }

  /**
   * Lets it proceed: one that is held joins the line, one that waits for its turn goes on waiting.
   */
  public IntentRow approve(Caller caller, UUID appId, UUID id, @Nullable String comment) {
    return decide(
        caller,
        appId,
        id,
        intent -> {
          if (intent.status() != IntentRow.Status.QUEUED) {
            throw closed(intent);
          }
          if (intent.reason() == IntentRow.Reason.APPROVAL_REQUIRED) {
            decisions.clear(caller, intent.deploymentId(), comment);
          } else {
            intents.move(
                intent.deploymentId(), IntentRow.Status.APPROVED, caller.requireUser(), comment);
          }
        });
  }

  /** Turns it down. */
  public IntentRow reject(Caller caller, UUID appId, UUID id, @Nullable String reason) {
    return decide(
        caller,
        appId,
        id,
        intent -> {
          if (intent.status() != IntentRow.Status.QUEUED) {
            throw closed(intent);
          }
          if (intent.reason() == IntentRow.Reason.APPROVAL_REQUIRED) {
            decisions.turnDown(caller, intent.deploymentId(), reason);
          } else {
            decisions.reject(Scope.of(caller), intent.deploymentId(), caller.requireUser(), reason);
          }
        });
  }

  private IntentRow decide(Caller caller, UUID appId, UUID id, Consumer<IntentRow> decision) {
    return database.write(
        Scope.of(caller),
        () -> {
          deployments.gate(appId);
          decision.accept(find(appId, id));
          return find(appId, id);
        });
  }

  private IntentRow find(UUID appId, UUID id) {
    return intents.find(appId, id).orElseThrow(DeploymentsError.INTENT_NOT_FOUND::of);
  }

  private static void checkOpen(IntentRow intent) {
    if (!intent.status().isOpen()) {
      throw closed(intent);
    }
  }

  private static PlatformException closed(IntentRow intent) {
    return DeploymentsError.INTENT_CLOSED.of(intent.status().name().toLowerCase(Locale.ROOT));
  }
}
