package dev.slipway.deployments.service.push;

import dev.slipway.api.Caller;
import dev.slipway.api.PlatformException;
import dev.slipway.api.Scope;
import dev.slipway.api.event.Events;
import dev.slipway.apps.App;
import dev.slipway.data.Database;
import dev.slipway.deployments.Deployment;
import dev.slipway.deployments.DeploymentTrigger;
import dev.slipway.deployments.SourceEvent;
import dev.slipway.deployments.service.deployment.DeploymentRequest;
import dev.slipway.deployments.service.deployment.DeploymentService;
import dev.slipway.deployments.service.queue.Drafts;
import dev.slipway.deployments.source.Landing.Moved;
import dev.slipway.deployments.source.Pusher;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What follows when somebody has pushed: the deploy branch is deployed before the push ends; of any
 * other it is told, and the app's rule for automatic deployments decides.
 */
@Component(service = PushedBranches.class)
public final class PushedBranches {
  private static final Logger LOG = LoggerFactory.getLogger(PushedBranches.class);
  private static final int SHORT = 8;

  private final Database database;
  private final Events events;
  private final DeploymentService deployments;
  private final PushLog log;

  @Activate
  public PushedBranches(
      @Reference Database database,
      @Reference Events events,
      @Reference DeploymentService deployments,
      @Reference PushLog log) {
    this.database = database;
    this.events = events;
    this.deployments = deployments;
    this.log = log;
  }

  /** Why nothing came of a branch; null where all is well. */
  @Nullable String landed(Caller caller, App app, String deployBranch, Moved moved, Pusher pusher) {
    try {
      if (moved.branch().equals(deployBranch)) {
        return deploy(caller, app, moved, pusher);
      }
      announce(caller, app, moved);
      pusher.say(moved.branch() + " is stored; what is deployed at once is " + deployBranch + ".");
      return null;
    } catch (PlatformException refused) {
      return "not deployed: " + refused.getMessage();
    } catch (IOException gone) {
      LOG.debug("whoever pushed into app {} did not wait for the end", app.id(), gone);
      return null;
    }
  }

  private @Nullable String deploy(Caller caller, App app, Moved moved, Pusher pusher)
      throws IOException {
    var deployment = add(caller, app, moved);
    pusher.say(
        "Deploying "
            + moved.commit().substring(0, SHORT)
            + " of "
            + moved.branch()
            + " as "
            + deployment.id());
    return log.follow(caller, deployment, pusher);
  }

  private Deployment add(Caller caller, App app, Moved moved) {
    var request =
        new DeploymentRequest(
            moved.branch(), moved.commit(), null, null, Map.of(), false, null, null);
    return deployments.deploy(caller, app.id(), request, DeploymentTrigger.PUSH);
  }

  private void announce(Caller caller, App app, Moved moved) {
    database.run(
        Scope.of(caller),
        () ->
            events.publish(
                new SourceEvent.Pushed(
                    app.tenantId(),
                    app.id(),
                    moved.branch(),
                    moved.commit(),
                    moved.message(),
                    moved.changed(),
                    moved.all(),
                    Drafts.requester(caller))));
  }
}
