package dev.slipway.apps.resource.secret;

import dev.slipway.api.Caller;
import dev.slipway.api.rest.Access;
import dev.slipway.api.rest.Op;
import dev.slipway.api.spi.RestResource;
import dev.slipway.apps.resource.secret.SecretTemplatePayloads.Create;
import dev.slipway.apps.resource.secret.SecretTemplatePayloads.SecretTemplateAnswer;
import dev.slipway.apps.resource.secret.SecretTemplatePayloads.SecretTemplatesAnswer;
import dev.slipway.apps.service.secret.SecretTemplateService;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import java.util.UUID;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Templates of variables of the tenant. */
@Component(service = RestResource.class)
@Path("/api/secret-templates")
public final class SecretTemplateResource implements RestResource {
  private final SecretTemplateService service;

  /** Made by the component runtime. */
  @Activate
  public SecretTemplateResource(@Reference SecretTemplateService service) {
    this.service = service;
  }

  @POST
  @Op(
      value = "apps.secret-template.create",
      access = Access.TENANT,
      summary = "Save a set of variables for reuse",
      status = 201,
      errors = {"409 name taken", "422 too many"})
  public SecretTemplateAnswer create(@Context Caller caller, Create body) {
    return SecretTemplateAnswer.of(service.create(caller, body.toDraft()));
  }

  @GET
  @Op(
      value = "apps.secret-template.list",
      access = Access.TENANT,
      summary = "Show the tenant's variable templates")
  public SecretTemplatesAnswer list(@Context Caller caller) {
    return SecretTemplatesAnswer.of(service.list(caller));
  }

  @GET
  @Path("{id}")
  @Op(
      value = "apps.secret-template.get",
      access = Access.TENANT,
      summary = "Fetch one variable template")
  public SecretTemplateAnswer get(@Context Caller caller, @PathParam("id") UUID id) {
    return SecretTemplateAnswer.of(service.get(caller, id));
  }

  @DELETE
  @Path("{id}")
  @Op(
      value = "apps.secret-template.delete",
      access = Access.TENANT,
      summary = "Remove a variable template")
  public void delete(@Context Caller caller, @PathParam("id") UUID id) {
    service.delete(caller, id);
  }
}
