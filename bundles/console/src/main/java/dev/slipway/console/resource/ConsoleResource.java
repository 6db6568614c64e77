package dev.slipway.console.resource;

import dev.slipway.api.CommonError;
import dev.slipway.api.rest.PublicOp;
import dev.slipway.api.spi.RestResource;
import dev.slipway.console.Frame;
import dev.slipway.console.Html;
import dev.slipway.console.page.template.JtestartGenerated;
import dev.slipway.console.service.Frames;
import gg.jte.html.HtmlTemplateOutput;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The console's start page, and what all of its pages are made with. */
@Path("/console")
@Component(service = RestResource.class)
public final class ConsoleResource implements RestResource {
  private static final Map<String, String> ASSETS =
      Map.of(
          "console.css", "dev/slipway/console/console.css",
          "console.js", "dev/slipway/console/console.js",
          "htmx.min.js", "META-INF/resources/webjars/htmx.org/2.0.10/dist/htmx.min.js");

  private final Frames frames;

  @Activate
  public ConsoleResource(@Reference Frames frames) {
    this.frames = frames;
  }

  @GET
  @Produces(Html.TYPE)
  @PublicOp(
      value = "console.page.read",
      reason = "the page holds nothing but links",
      summary = "Show the console's start page")
  public String page() {
    return frames.page(
        Frame.of(
            "Console",
            "/console",
            html -> JtestartGenerated.render((HtmlTemplateOutput) html, null, frames.entries())));
  }

  @GET
  @Path("assets/{name}.css")
  @Produces("text/css")
  @PublicOp(
      value = "console.asset.style",
      reason = "the pages' style is the same for all",
      summary = "Deliver the style of the console's pages")
  public String style(@PathParam("name") String name) {
    return asset(name + ".css");
  }

  @GET
  @Path("assets/{name}.js")
  @Produces("text/javascript")
  @PublicOp(
      value = "console.asset.script",
      reason = "the pages' scripts are the same for all",
      summary = "Deliver a script of the console's pages")
  public String script(@PathParam("name") String name) {
    return asset(name + ".js");
  }

  private static String asset(String name) {
    var place = ASSETS.get(name);
    if (place == null) {
      throw CommonError.NOT_FOUND.of("asset");
    }
    var own = ConsoleResource.class.getClassLoader().getResourceAsStream(place);
    // Third-party assets stand on the launcher's class path, outside of any bundle.
    return Html.asset(own == null ? ClassLoader.getSystemResourceAsStream(place) : own);
  }
}
