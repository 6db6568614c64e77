package dev.slipway.deployments.service.overview;

import dev.slipway.api.Caller;
import dev.slipway.api.CommonError;
import dev.slipway.api.Scope;
import dev.slipway.api.rest.Sse;
import dev.slipway.deployments.service.deployment.DeploymentService;
import dev.slipway.logs.LogLine;
import dev.slipway.logs.Logs;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The log of one deployment as a stream, which ends with the deployment. */
@Component(service = LogFeed.class)
public final class LogFeed {
  private static final int BATCH = 500;

  private final DeploymentService deployments;
  private final Logs logs;

  @Activate
  public LogFeed(@Reference DeploymentService deployments, @Reference Logs logs) {
    this.deployments = deployments;
    this.logs = logs;
  }

  /**
   * Follows a log to its end; each event's data is a {@link LogLine}.
   *
   * @param from id of the last event seen; null from the start
   */
  public Sse follow(Caller caller, UUID deploymentId, @Nullable String from) {
    var deployment = deployments.get(caller, deploymentId);
    if (from != null && !from.matches("\\d{1,18}")) {
      throw CommonError.INVALID.of().withField("Last-Event-ID", "must be the id of an event");
    }
    return new Sse(Logs.topic(deployment.appId()), from, last -> batch(caller, deploymentId, last));
  }

  private Sse.Batch batch(Caller caller, UUID deploymentId, @Nullable String last) {
    // Looked at first: what is over then has said all that the platform has to say of it.
    var over = deployments.get(caller, deploymentId).status().isOver();
    var after = last == null ? 0 : Long.parseLong(last);
    var lines = logs.page(Scope.of(caller), deploymentId, null, after, BATCH);
    return new Sse.Batch(lines.stream().map(LogFeed::event).toList(), over && lines.size() < BATCH);
  }

  private static Sse.Event event(LogLine line) {
    return new Sse.Event(Long.toString(line.sequence()), "log", line);
  }
}
