package dev.slipway.plugins.resource;

import dev.slipway.api.Caller;
import dev.slipway.api.Scope;
import dev.slipway.api.event.EventFilter;
import dev.slipway.api.event.Events;
import dev.slipway.api.plugin.PluginInfo;
import dev.slipway.api.plugin.PluginRegistry;
import dev.slipway.api.rest.Access;
import dev.slipway.api.rest.BodyLimit;
import dev.slipway.api.rest.Op;
import dev.slipway.api.rest.Sse;
import dev.slipway.api.spi.RestResource;
import dev.slipway.plugins.resource.PluginPayloads.PluginAnswer;
import dev.slipway.plugins.resource.PluginPayloads.PluginDetail;
import dev.slipway.plugins.resource.PluginPayloads.PluginList;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import java.io.InputStream;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Feature bundles and plugins: what there is, and the changes an operator may ask for. */
@Path("/api/admin/plugins")
@Component(service = RestResource.class)
public final class PluginResource implements RestResource {
  private static final long LARGEST_BUNDLE = 64L * 1024 * 1024;
  private static final int BATCH = 100;

  private final PluginRegistry registry;
  private final Events events;

  @Activate
  public PluginResource(@Reference PluginRegistry registry, @Reference Events events) {
    this.registry = registry;
    this.events = events;
  }

  @GET
  @Op(
      value = "plugins.plugin.list",
      access = Access.ROOT_ADMIN,
      summary = "List feature bundles and plugins with their state")
  public PluginList list(
      @QueryParam("state") PluginInfo.@Nullable State state,
      @QueryParam("kind") PluginInfo.@Nullable Kind kind) {
    return new PluginList(
        registry.list().stream()
            .filter(plugin -> state == null || plugin.state() == state)
            .filter(plugin -> kind == null || plugin.kind() == kind)
            .toList());
  }

  @POST
  @Consumes("application/java-archive")
  @BodyLimit(LARGEST_BUNDLE)
  @Op(
      value = "plugins.plugin.install",
      access = Access.ROOT_ADMIN,
      summary = "Install a plugin from an uploaded bundle",
      status = 201,
      errors = {
        "400 no valid bundle or manifest",
        "409 same id installed",
        "422 API range not served, unresolved, or route clash"
      })
  public PluginAnswer install(
      @Context Caller caller,
      @QueryParam("enable") @DefaultValue("false") boolean enable,
      InputStream bundle) {
    return new PluginAnswer(registry.install(caller, bundle, enable));
  }

  @GET
  @Path("{pluginId}")
  @Op(
      value = "plugins.plugin.read",
      access = Access.ROOT_ADMIN,
      summary = "Fetch one plugin with operations, events, settings and last failures")
  public PluginDetail get(@PathParam("pluginId") String pluginId) {
    var plugin = registry.get(pluginId);
    return new PluginDetail(
        plugin,
        registry.operations(pluginId),
        plugin.eventTypes(),
        registry.extensions(pluginId),
        registry.failures(pluginId));
  }

  @PUT
  @Path("{pluginId}")
  @Consumes("application/java-archive")
  @BodyLimit(LARGEST_BUNDLE)
  @Op(
      value = "plugins.plugin.update",
      access = Access.ROOT_ADMIN,
      summary = "Update a plugin in place without dropping requests",
      errors = {
        "409 other id",
        "422 as for install, or more permissions asked and not granted; the old version keeps running"
      })
  public PluginAnswer update(
      @Context Caller caller,
      @PathParam("pluginId") String pluginId,
      @QueryParam("grant") @DefaultValue("false") boolean grant,
      InputStream bundle) {
    return new PluginAnswer(registry.update(caller, pluginId, bundle, grant));
  }

  @DELETE
  @Path("{pluginId}")
  @Op(
      value = "plugins.plugin.uninstall",
      access = Access.ROOT_ADMIN,
      summary = "Uninstall a plugin; its data stays unless purge is asked",
      errors = {"409 core bundle", "409 others depend on it"})
  public void uninstall(
      @Context Caller caller,
      @PathParam("pluginId") String pluginId,
      @QueryParam("purge") @DefaultValue("false") boolean purge) {
    registry.uninstall(caller, pluginId, purge);
  }

  @POST
  @Path("{pluginId}/enable")
  @Op(
      value = "plugins.plugin.enable",
      access = Access.ROOT_ADMIN,
      summary = "Start a plugin",
      errors = {"409 dependency disabled", "422 failed to start"})
  public PluginAnswer enable(@Context Caller caller, @PathParam("pluginId") String pluginId) {
    return new PluginAnswer(registry.enable(caller, pluginId));
  }

  @POST
  @Path("{pluginId}/disable")
  @Op(
      value = "plugins.plugin.disable",
      access = Access.ROOT_ADMIN,
      summary = "Drain and stop a plugin",
      errors = {"409 core bundle", "409 others depend on it"})
  public PluginAnswer disable(
      @Context Caller caller,
      @PathParam("pluginId") String pluginId,
      @QueryParam("drain_seconds") @DefaultValue("10") @Min(0) @Max(60) int drainSeconds,
      @QueryParam("cascade") @DefaultValue("false") boolean cascade) {
    var drain = Duration.ofSeconds(drainSeconds);
    return new PluginAnswer(registry.disable(caller, pluginId, drain, cascade));
  }

  @GET
  @Path("events")
  @Op(
      value = "plugins.plugin.stream",
      access = Access.ROOT_ADMIN,
      summary = "Stream plugin lifecycle changes")
  public Sse events(@HeaderParam("Last-Event-ID") @Nullable String lastEventId) {
    var scope = Scope.platform("plugins belong to no tenant");
    var filter = EventFilter.types("plugins.plugin.*");
    var start = lastEventId == null ? events.now(scope) : lastEventId;
    return new Sse(
        Events.platformTopic(),
        lastEventId,
        last -> {
          var found = events.after(scope, filter, last == null ? start : last, BATCH);
          return new Sse.Batch(
              found.stream()
                  .map(event -> new Sse.Event(event.cursor(), event.type(), event.data()))
                  .toList(),
              false);
        });
  }
}
