package dev.slipway.scripts.resource;

import dev.slipway.api.rest.Access;
import dev.slipway.api.rest.Op;
import dev.slipway.api.spi.RestResource;
import dev.slipway.scripts.service.Hook;
import dev.slipway.scripts.service.Registry;
import dev.slipway.scripts.service.Typings;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Where scripts can be attached, and what they can call there. */
@Component(service = RestResource.class)
@Path("/api/script-hooks")
public final class ScriptHookResource implements RestResource {
  private final Registry registry;
  private final Typings typings;

  /** Made by the component runtime. */
  @Activate
  public ScriptHookResource(@Reference Registry registry, @Reference Typings typings) {
    this.registry = registry;
    this.typings = typings;
  }

  public record HookView(
      String name,
      String summary,
      Map<String, @Nullable Object> input,
      Map<String, @Nullable Object> result,
      Map<String, @Nullable Object> filter,
      List<String> apis,
      long defaultTimeoutMs,
      Map<String, @Nullable Object> sampleEvent) {}

  public record ApiView(
      String name,
      String summary,
      Map<String, @Nullable Object> arguments,
      Map<String, @Nullable Object> result) {}

  public record HooksAnswer(List<HookView> hooks, List<ApiView> apis) {}

  @GET
  @Op(
      value = "scripts.hook.list",
      access = Access.TENANT,
      summary = "List the hooks that scripts can attach to, with input and result types")
  public HooksAnswer list() {
    return new HooksAnswer(
        registry.hooks().stream().map(this::view).toList(),
        registry.functions().stream()
            .map(
                function ->
                    new ApiView(
                        function.api().name(),
                        function.api().summary(),
                        function.arguments().members(),
                        function.result().members()))
            .toList());
  }

  @GET
  @Path("slipway.d.ts")
  @Produces("text/plain; charset=utf-8")
  @Op(
      value = "scripts.hook.types",
      access = Access.TENANT,
      summary = "Fetch the TypeScript types of all hooks and functions, for editors")
  public String types() {
    return typings.text();
  }

  private HookView view(Hook hook) {
    return new HookView(
        hook.name(),
        hook.summary(),
        hook.input().members(),
        hook.result().members(),
        hook.filter().members(),
        registry.functions(hook).stream().map(function -> function.api().name()).toList(),
        hook.timeout().toMillis(),
        hook.sample());
  }
}
