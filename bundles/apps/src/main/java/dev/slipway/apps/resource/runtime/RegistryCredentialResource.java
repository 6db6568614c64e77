package dev.slipway.apps.resource.runtime;

import dev.slipway.api.Caller;
import dev.slipway.api.rest.Access;
import dev.slipway.api.rest.IfMatch;
import dev.slipway.api.rest.Op;
import dev.slipway.api.spi.RestResource;
import dev.slipway.apps.resource.runtime.RegistryCredentialPayloads.Create;
import dev.slipway.apps.resource.runtime.RegistryCredentialPayloads.CredentialAnswer;
import dev.slipway.apps.resource.runtime.RegistryCredentialPayloads.CredentialsAnswer;
import dev.slipway.apps.resource.runtime.RegistryCredentialPayloads.Replace;
import dev.slipway.apps.service.runtime.RegistryCredentialService;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import java.util.UUID;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The tenant's credentials of image registries. */
@Component(service = RestResource.class)
@Path("/api/registry-credentials")
public final class RegistryCredentialResource implements RestResource {
  private final RegistryCredentialService service;

  /** Made by the component runtime. */
  @Activate
  public RegistryCredentialResource(@Reference RegistryCredentialService service) {
    this.service = service;
  }

  @POST
  @Op(
      value = "apps.registry-credential.create",
      access = Access.TENANT_ADMIN,
      summary = "Keep the credentials of a private image registry",
      status = 201,
      errors = {"409 registry has credentials", "422 too many"})
  public CredentialAnswer create(@Context Caller caller, Create body) {
    return CredentialAnswer.of(
        service.create(caller, body.host(), body.username(), body.password()));
  }

  @GET
  @Op(
      value = "apps.registry-credential.list",
      access = Access.TENANT,
      summary = "Show which registries the tenant has credentials of")
  public CredentialsAnswer list(@Context Caller caller) {
    return CredentialsAnswer.of(service.list(caller));
  }

  @PUT
  @Path("{id}")
  @Op(
      value = "apps.registry-credential.update",
      access = Access.TENANT_ADMIN,
      summary = "Replace the user and password of a registry",
      errors = "412 changed meanwhile")
  public CredentialAnswer update(
      @Context Caller caller, @PathParam("id") UUID id, @Context IfMatch ifMatch, Replace body) {
    return CredentialAnswer.of(
        service.update(caller, id, ifMatch, body.username(), body.password()));
  }

  @DELETE
  @Path("{id}")
  @Op(
      value = "apps.registry-credential.delete",
      access = Access.TENANT_ADMIN,
      summary = "Forget the credentials of a registry")
  public void delete(@Context Caller caller, @PathParam("id") UUID id) {
    service.delete(caller, id);
  }
}
