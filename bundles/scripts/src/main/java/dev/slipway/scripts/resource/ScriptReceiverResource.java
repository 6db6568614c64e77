package dev.slipway.scripts.resource;

import dev.slipway.api.rest.BodyLimit;
import dev.slipway.api.rest.PublicOp;
import dev.slipway.api.rest.RateLimit;
import dev.slipway.api.spi.RestResource;
import dev.slipway.scripts.resource.ScriptPayloads.Accepted;
import dev.slipway.scripts.service.Receiver;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.UriInfo;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Where other systems post what a script is to receive. */
@Component(service = RestResource.class)
@Path("/api/script-receivers")
public final class ScriptReceiverResource implements RestResource {
  /** Credentials of whatever stands in between are nothing for a script. */
  private static final Set<String> WITHHELD =
      Set.of("authorization", "cookie", "proxy-authorization", "x-forwarded-for", "forwarded");

  private static final int MOST = 50;
  private static final int LONGEST = 2000;

  private final Receiver receiver;

  /** Made by the component runtime. */
  @Activate
  public ScriptReceiverResource(@Reference Receiver receiver) {
    this.receiver = receiver;
  }

  @POST
  @Path("{token}")
  @Consumes("*/*")
  @BodyLimit(64 * 1024)
  @RateLimit(calls = 600, seconds = 60)
  @PublicOp(
      value = "scripts.receiver.post",
      reason = "the token in the path is the credential",
      summary = "Hand a message to the script that the address belongs to",
      status = 202,
      errors = {"404 no such address", "429 too many messages wait"})
  public Accepted post(
      @PathParam("token") String token,
      @Context HttpHeaders headers,
      @Context UriInfo uri,
      byte[] body) {
    var type = Objects.requireNonNullElse(headers.getHeaderString("Content-Type"), "");
    receiver.receive(
        token,
        new Receiver.Post(
            type,
            headers(headers),
            query(uri),
            new String(body, StandardCharsets.UTF_8),
            headers.getHeaderString("webhook-id")));
    return new Accepted("accepted");
  }

  private static Map<String, String> headers(HttpHeaders headers) {
    var shown = new LinkedHashMap<String, String>();
    headers
        .getRequestHeaders()
        .forEach(
            (name, values) -> {
              var lower = name.toLowerCase(Locale.ROOT);
              if (!WITHHELD.contains(lower) && shown.size() < MOST) {
                shown.put(lower, cut(String.join(", ", values)));
              }
            });
    return shown;
  }

  private static Map<String, String> query(UriInfo uri) {
    var shown = new LinkedHashMap<String, String>();
    uri.getQueryParameters()
        .forEach(
            (name, values) -> {
              if (shown.size() < MOST) {
                shown.put(name, cut(String.join(", ", values)));
              }
            });
    return shown;
  }

  private static String cut(String text) {
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST);
  }
}
