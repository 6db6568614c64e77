package dev.slipway.admin.resource;

import dev.slipway.admin.resource.ConfigPayloads.Change;
import dev.slipway.admin.resource.ConfigPayloads.Configs;
import dev.slipway.admin.resource.ConfigPayloads.Create;
import dev.slipway.admin.resource.ConfigPayloads.Done;
import dev.slipway.admin.resource.ConfigPayloads.View;
import dev.slipway.admin.service.ConfigService;
import dev.slipway.api.rest.Access;
import dev.slipway.api.rest.Op;
import dev.slipway.api.spi.RestResource;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Configuration variables. */
@Component(service = RestResource.class)
@Path("/api/admin/config")
public final class ConfigResource implements RestResource {
  private final ConfigService service;

  @Activate
  public ConfigResource(@Reference ConfigService service) {
    this.service = service;
  }

  @GET
  @Op(
      value = "admin.config.list",
      access = Access.ROOT_ADMIN,
      summary = "Show all configuration variables")
  public Configs list() {
    return Configs.of(service.all());
  }

  @POST
  @Op(
      value = "admin.config.create",
      access = Access.ROOT_ADMIN,
      summary = "Add a configuration variable",
      status = 201,
      errors = {"400 value does not fit the type", "409 name exists"})
  public View create(Create body) {
    return View.of(service.create(body.toDraft()));
  }

  @GET
  @Path("{name}")
  @Op(
      value = "admin.config.get",
      access = Access.ROOT_ADMIN,
      summary = "Fetch one configuration variable")
  public View get(@PathParam("name") String name) {
    return View.of(service.get(name));
  }

  @PUT
  @Path("{name}")
  @Op(
      value = "admin.config.update",
      access = Access.ROOT_ADMIN,
      summary = "Set a configuration variable, in force at once",
      errors = "400 value does not fit the type")
  public View update(@PathParam("name") String name, Change body) {
    return View.of(service.set(name, body.value(), body.description(), body.options()));
  }

  @DELETE
  @Path("{name}")
  @Op(
      value = "admin.config.delete",
      access = Access.ROOT_ADMIN,
      summary = "Remove a configuration variable",
      status = 200,
      errors = "403 system variable")
  public Done delete(@PathParam("name") String name) {
    service.delete(name);
    return new Done("The variable was removed.");
  }
}
