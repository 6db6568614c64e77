package dev.slipway.plugins.resource;

import dev.slipway.api.platform.Json;
import dev.slipway.api.plugin.PluginRegistry;
import dev.slipway.api.rest.Access;
import dev.slipway.api.rest.Op;
import dev.slipway.api.rest.PublicOp;
import dev.slipway.api.spi.RestResource;
import dev.slipway.console.Console;
import dev.slipway.console.Frame;
import dev.slipway.console.Html;
import dev.slipway.plugins.page.AdminPages;
import dev.slipway.plugins.page.Detail;
import dev.slipway.plugins.page.Field;
import dev.slipway.plugins.page.PluginEntry;
import dev.slipway.plugins.page.template.JtedetailGenerated;
import dev.slipway.plugins.page.template.JtelistGenerated;
import dev.slipway.plugins.page.template.JtepageGenerated;
import dev.slipway.plugins.service.Trials;
import gg.jte.html.HtmlTemplateOutput;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import java.io.InputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;
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
  private static final String PLACE = "/dev/slipway/plugins/page/";

  private final PluginRegistry registry;
  private final Json json;
  private final AdminPages pages;
  private final Trials trials;
  private final Console console;

  @Activate
  public PluginPageResource(
      @Reference PluginRegistry registry,
      @Reference Json json,
      @Reference AdminPages pages,
      @Reference Trials trials,
      @Reference Console console) {
    this.console = console;
    this.pages = pages;
    this.trials = trials;
    this.registry = registry;
    this.json = json;
  }

  @GET
  @Produces(Html.TYPE)
  @PublicOp(
      value = "plugins.page.read",
      reason = "the frame holds nothing; what is in it is asked for with a token",
      summary = "Show the console's page about plugins")
  public String page() {
    return console.page(
        new Frame(
            "Plugins",
            PluginEntry.PATH,
            List.of("/console/plugins/assets/plugins.css"),
            List.of("/console/plugins/assets/plugins.js"),
            html -> JtepageGenerated.render((HtmlTemplateOutput) html, null)));
  }

  @GET
  @Path("assets/{name}.css")
  @Produces("text/css")
  @PublicOp(
      value = "plugins.page.style",
      reason = "the page's style is the same for all",
      summary = "Deliver the style of the page")
  public String style(@PathParam("name") String name) {
    return Html.asset(name.equals("plugins") ? own("plugins.css") : null);
  }

  @GET
  @Path("assets/{name}.js")
  @Produces("text/javascript")
  @PublicOp(
      value = "plugins.page.script",
      reason = "the page's scripts are the same for all",
      summary = "Deliver a script of the page")
  public String script(@PathParam("name") String name) {
    return Html.asset(name.equals("plugins") ? own("plugins.js") : null);
  }

  @GET
  @Path("list")
  @Produces(Html.TYPE)
  @Op(
      value = "plugins.page.list",
      access = Access.ROOT_ADMIN,
      summary = "Show the list of feature bundles and plugins as HTML")
  public String list() {
    return Html.of(html -> JtelistGenerated.render(html, null, registry.list()));
  }

  @GET
  @Path("detail/{pluginId}")
  @Produces(Html.TYPE)
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
    return Html.of(html -> JtedetailGenerated.render(html, null, detail));
  }

  private static @Nullable InputStream own(String asset) {
    return PluginPageResource.class.getResourceAsStream(PLACE + asset);
  }
}
