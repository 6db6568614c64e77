package dev.slipway.scripts.resource;

import dev.slipway.api.Caller;
import dev.slipway.api.rest.Access;
import dev.slipway.api.rest.IfMatch;
import dev.slipway.api.rest.Op;
import dev.slipway.api.spi.RestResource;
import dev.slipway.scripts.resource.ScriptPayloads.Settings;
import dev.slipway.scripts.resource.ScriptPayloads.SettingsAnswer;
import dev.slipway.scripts.service.SettingsService;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** What holds for all scripts of a tenant. */
@Component(service = RestResource.class)
@Path("/api/script-settings")
public final class ScriptSettingsResource implements RestResource {
  private final SettingsService settings;

  /** Made by the component runtime. */
  @Activate
  public ScriptSettingsResource(@Reference SettingsService settings) {
    this.settings = settings;
  }

  @GET
  @Op(
      value = "scripts.settings.get",
      access = Access.TENANT,
      summary = "Show which hosts the tenant's scripts may reach")
  public SettingsAnswer get(@Context Caller caller) {
    var found = settings.get(caller);
    return SettingsAnswer.of(found.fetchHosts(), found.version());
  }

  @PUT
  @Op(
      value = "scripts.settings.update",
      access = Access.TENANT_ADMIN,
      summary = "Say which hosts the tenant's scripts may reach",
      errors = "412 changed meanwhile")
  public SettingsAnswer put(@Context Caller caller, @Context IfMatch ifMatch, Settings body) {
    var saved = settings.put(caller, ifMatch, body.fetchHosts());
    return SettingsAnswer.of(saved.fetchHosts(), saved.version());
  }
}
