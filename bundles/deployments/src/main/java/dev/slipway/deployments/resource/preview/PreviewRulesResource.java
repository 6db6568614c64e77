package dev.slipway.deployments.resource.preview;

import dev.slipway.api.Caller;
import dev.slipway.api.rest.Access;
import dev.slipway.api.rest.Op;
import dev.slipway.api.spi.RestResource;
import dev.slipway.deployments.resource.preview.PreviewPayloads.RulesAnswer;
import dev.slipway.deployments.resource.preview.PreviewPayloads.SetRules;
import dev.slipway.deployments.service.preview.PreviewRules;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import java.util.UUID;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Which previews an app may have. */
@Component(service = RestResource.class)
@Path("/api/apps/{appId}/preview-rules")
public final class PreviewRulesResource implements RestResource {
  private final PreviewRules rules;

  @Activate
  public PreviewRulesResource(@Reference PreviewRules rules) {
    this.rules = rules;
  }

  @GET
  @Op(
      value = "deployments.preview-rules.get",
      access = Access.TENANT,
      summary = "Read how many previews an app may have, for how long, and of whom")
  public RulesAnswer get(@Context Caller caller, @PathParam("appId") UUID appId) {
    return RulesAnswer.of(rules.get(caller, appId));
  }

  @PUT
  @Op(
      value = "deployments.preview-rules.set",
      access = Access.TENANT_ADMIN,
      summary = "Set how many previews an app may have, for how long, and of whom")
  public RulesAnswer set(
      @Context Caller caller, @PathParam("appId") UUID appId, @NotNull SetRules body) {
    return RulesAnswer.of(
        rules.set(caller, appId, body.most(), body.whenFull(), body.ttlHours(), body.forks()));
  }
}
