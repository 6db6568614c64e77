package dev.slipway.deployments.resource.rollout;

import dev.slipway.api.Caller;
import dev.slipway.api.rest.Access;
import dev.slipway.api.rest.Op;
import dev.slipway.api.spi.RestResource;
import dev.slipway.deployments.resource.rollout.HealthPayloads.ScoreAnswer;
import dev.slipway.deployments.service.rollout.Scores;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import java.util.UUID;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** How well a deployment does. */
@Component(service = RestResource.class)
@Path("/api/deployments/{deploymentId}/health-score")
public final class HealthScoreResource implements RestResource {
  private final Scores scores;

  @Activate
  public HealthScoreResource(@Reference Scores scores) {
    this.scores = scores;
  }

  @GET
  @Op(
      value = "deployments.health-score.get",
      access = Access.TENANT,
      summary = "Read the newest health score of a deployment",
      errors = "404 not scored yet")
  public ScoreAnswer get(@Context Caller caller, @PathParam("deploymentId") UUID id) {
    return ScoreAnswer.of(scores.get(caller, id));
  }
}
