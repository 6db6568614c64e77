package dev.slipway.admin.resource;

import dev.slipway.accounts.ApiKeys;
import dev.slipway.admin.resource.ApiKeyPayloads.Create;
import dev.slipway.admin.resource.ApiKeyPayloads.Created;
import dev.slipway.admin.resource.ApiKeyPayloads.Keys;
import dev.slipway.admin.resource.ApiKeyPayloads.Removed;
import dev.slipway.api.Caller;
import dev.slipway.api.rest.Access;
import dev.slipway.api.rest.Op;
import dev.slipway.api.spi.RestResource;
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

/** Credentials of the root tenant for programs. */
@Component(service = RestResource.class)
@Path("/api/admin/api-keys")
public final class ApiKeyResource implements RestResource {
  private final ApiKeys keys;

  @Activate
  public ApiKeyResource(@Reference ApiKeys keys) {
    this.keys = keys;
  }

  @GET
  @Op(
      value = "admin.api-key.list",
      access = Access.ROOT_ADMIN,
      summary = "Show the API keys that work, newest first")
  public Keys list(@Context Caller caller) {
    return Keys.of(keys.list(caller));
  }

  @POST
  @Op(
      value = "admin.api-key.create",
      access = Access.ROOT_ADMIN,
      summary = "Make an API key; its raw form is shown this once",
      status = 201,
      errors = "400 bad name or authority")
  public Created create(@Context Caller caller, Create body) {
    return Created.of(keys.create(caller, body.name(), body.authority()));
  }

  @DELETE
  @Path("{keyId}")
  @Op(
      value = "admin.api-key.revoke",
      access = Access.ROOT_ADMIN,
      summary = "Withdraw an API key at once and for good",
      status = 200)
  public Removed revoke(@Context Caller caller, @PathParam("keyId") UUID keyId) {
    keys.revoke(caller, keyId);
    return Removed.DELETED;
  }
}
