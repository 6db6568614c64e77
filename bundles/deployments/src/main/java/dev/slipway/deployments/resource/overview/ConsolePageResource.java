package dev.slipway.deployments.resource.overview;

import dev.slipway.api.rest.PublicOp;
import dev.slipway.api.spi.RestResource;
import dev.slipway.console.Console;
import dev.slipway.console.Frame;
import dev.slipway.console.Html;
import dev.slipway.deployments.page.AppsEntry;
import dev.slipway.deployments.page.template.JteappframeGenerated;
import dev.slipway.deployments.page.template.JteappsframeGenerated;
import dev.slipway.deployments.page.template.JtedeploymentframeGenerated;
import gg.jte.Content;
import gg.jte.html.HtmlTemplateOutput;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import java.util.UUID;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The console's pages about apps and deployments, as yet without anything in them. */
@Path("/console")
@Component(service = RestResource.class)
public final class ConsolePageResource implements RestResource {
  private final Console console;

  @Activate
  public ConsolePageResource(@Reference Console console) {
    this.console = console;
  }

  @GET
  @Path("apps")
  @Produces(Html.TYPE)
  @PublicOp(
      value = "deployments.page.apps",
      reason = "the frame holds nothing; what is in it is asked for with a token",
      summary = "Show the console's page with all apps")
  public String apps() {
    return page("Apps", out -> JteappsframeGenerated.render((HtmlTemplateOutput) out, null));
  }

  @GET
  @Path("apps/{id}")
  @Produces(Html.TYPE)
  @PublicOp(
      value = "deployments.page.app",
      reason = "the frame holds nothing; what is in it is asked for with a token",
      summary = "Show the console's page of one app")
  public String app(@PathParam("id") UUID id) {
    return page("App", out -> JteappframeGenerated.render((HtmlTemplateOutput) out, null, id));
  }

  @GET
  @Path("deployments/{id}")
  @Produces(Html.TYPE)
  @PublicOp(
      value = "deployments.page.deployment",
      reason = "the frame holds nothing; what is in it is asked for with a token",
      summary = "Show the console's page of one deployment")
  public String deployment(@PathParam("id") UUID id) {
    return page(
        "Deployment",
        out -> JtedeploymentframeGenerated.render((HtmlTemplateOutput) out, null, id));
  }

  private String page(String title, Content body) {
    return console.page(Frame.of(title, AppsEntry.PATH, body));
  }
}
