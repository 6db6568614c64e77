package dev.slipway.deployments.resource.overview;

import dev.slipway.api.Caller;
import dev.slipway.api.rest.Access;
import dev.slipway.api.rest.Op;
import dev.slipway.api.spi.RestResource;
import dev.slipway.deployments.resource.overview.InstancePayloads.InstancesAnswer;
import dev.slipway.deployments.service.overview.RunningInstances;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import java.util.UUID;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** What of one app is on servers. */
@Component(service = RestResource.class)
@Path("/api/apps/{appId}/instances")
public final class InstanceResource implements RestResource {
  private final RunningInstances instances;

  @Activate
  public InstanceResource(@Reference RunningInstances instances) {
    this.instances = instances;
  }

  @GET
  @Op(
      value = "deployments.instance.list",
      access = Access.TENANT,
      summary = "Show what runs of an app, and how each of its instances is")
  public InstancesAnswer list(@Context Caller caller, @PathParam("appId") UUID appId) {
    return InstancesAnswer.of(instances.ofApp(caller, appId));
  }
}
