package dev.slipway.plugins.resource;

import dev.slipway.api.CommonError;
import dev.slipway.api.platform.Json;
import dev.slipway.api.plugin.PluginRegistry;
import dev.slipway.api.rest.Access;
import dev.slipway.api.rest.Op;
import dev.slipway.api.rest.PublicOp;
import dev.slipway.api.spi.RestResource;
import dev.slipway.plugins.page.AdminPages;
import dev.slipway.plugins.page.Detail;
import dev.slipway.plugins.page.Field;
import dev.slipway.plugins.page.template.JteconsoleGenerated;
import dev.slipway.plugins.page.template.JtedetailGenerated;
import dev.slipway.plugins.page.template.JtelistGenerated;
import dev.slipway.plugins.service.Trials;
import gg.jte.html.HtmlTemplateOutput;
import gg.jte.html.OwaspHtmlTemplateOutput;
import gg.jte.output.StringOutput;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.Consumer;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * The console's page about plugins. The frame and its assets are open to all, since they hold
 * nothing; what is shown in it is asked for with the operator's token.
 */
@Path("/console/plugins")
@Component(service = RestResource.class)
public final class PluginPageResource implements RestResource {
  private static final String HTML = "text/html; charset=utf-8";
  private static final Map<String, String> ASSETS =
      Map.of(
          "console.css", "dev/slipway/plugins/page/console.css",
          "console.js", "dev/slipway/plugins/page/console.js",
          "htmx.min.js", "META-INF/resources/webjars/htmx.org/2.0.10/dist/htmx.min.js");

  private final PluginRegistry registry;
  private final Json json;
  private final AdminPages pages;
  private final Trials trials;

  @Activate
  public PluginPageResource(
      @Reference PluginRegistry registry,
      @Reference Json json,
      @Reference AdminPages pages,
      @Reference Trials trials) {
    this.pages = pages;
    this.trials = trials;
    this.registry = registry;
    this.json = json;
  }

  @GET
  @Produces(HTML)
  @PublicOp(
      value = "plugins.page.read",
      reason = "the frame holds nothing; what is in it is asked for with a token",
      summary = "Show the console's page about plugins")
  public String page() {
    return render(html -> JteconsoleGenerated.render(html, null));
  }

  @GET
  @Path("assets/{name}.css")
  @Produces("text/css")
  @PublicOp(
      value = "plugins.page.style",
      reason = "the page's style is the same for all",
      summary = "Deliver the style of the page")
  public String style(@PathParam("name") String name) {
    return asset(name + ".css");
  }

  @GET
  @Path("assets/{name}.js")
  @Produces("text/javascript")
  @PublicOp(
      value = "plugins.page.script",
      reason = "the page's scripts are the same for all",
      summary = "Deliver a script of the page")
  public String script(@PathParam("name") String name) {
    return asset(name + ".js");
  }

  @GET
  @Path("list")
  @Produces(HTML)
  @Op(
      value = "plugins.page.list",
      access = Access.ROOT_ADMIN,
      summary = "Show the list of feature bundles and plugins as HTML")
  public String list() {
    return render(html -> JtelistGenerated.render(html, null, registry.list()));
  }

  @GET
  @Path("detail/{pluginId}")
  @Produces(HTML)
  @Op(
      value = "plugins.page.detail",
      access = Access.ROOT_ADMIN,
      summary = "Show one plugin as HTML, with forms for its settings and permissions")
  public String detail(@PathParam("pluginId") String id) {
    var detail =
        new Detail(
            registry.get(id),
            registry.operations(id),
            registry.extensions(id),
            registry.permissions(id),
            Field.of(registry.settings(id), json::write),
            trials.of(id).stream().map(it -> Detail.Offer.of(it, json::write)).toList(),
            pages.of(id),
            registry.failures(id));
    return render(html -> JtedetailGenerated.render(html, null, detail));
  }

  /** The templates' classes are called as such: an engine would look for them in other loaders. */
  private static String render(Consumer<HtmlTemplateOutput> template) {
    var output = new StringOutput();
    template.accept(new OwaspHtmlTemplateOutput(output));
    return output.toString();
  }

  private static String asset(String name) {
    var resource = ASSETS.get(name);
    if (resource == null) {
      throw CommonError.NOT_FOUND.of("asset");
    }
    var own = PluginPageResource.class.getClassLoader().getResourceAsStream(resource);
    // Third-party assets stand on the launcher's class path, outside of any bundle.
    try (var in = own == null ? ClassLoader.getSystemResourceAsStream(resource) : own) {
      if (in == null) {
        throw CommonError.NOT_FOUND.of("asset");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
