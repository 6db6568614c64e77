package dev.slipway.http.resource;

import dev.slipway.api.CommonError;
import dev.slipway.api.rest.PublicOp;
import dev.slipway.api.spi.RestResource;
import dev.slipway.http.openapi.OpenApi;
import dev.slipway.http.route.BundleRoutes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The API reference: the OpenAPI document of what is active, and a page that shows it with assets
 * of our own host.
 */
@Path("/api/docs")
public final class DocsResource implements RestResource {
  /** Where each asset stands on the class path. */
  private static final Map<String, Asset> ASSETS =
      Map.of(
          "redoc.standalone.js",
          new Asset(
              "META-INF/resources/webjars/redoc/2.1.4/bundles/redoc.standalone.js",
              "text/javascript"),
          "reference.js",
          new Asset("dev/slipway/http/reference.js", "text/javascript"),
          "reference.css",
          new Asset("dev/slipway/http/reference.css", "text/css"));

  /** The reader's script would show a picture of its makers, from their host. */
  private static final String FOREIGN_PICTURE = "https://cdn.redoc.ly/redoc/logo-mini.svg";

  private final OpenApi generator;
  private final Supplier<List<BundleRoutes>> bundles;
  private volatile Cached cached = new Cached(List.of(), Map.of());

  /** Describes the bundles that are active at the time. */
  public DocsResource(OpenApi generator, Supplier<List<BundleRoutes>> bundles) {
    this.generator = generator;
    this.bundles = bundles;
  }

  /** The page. */
  @GET
  @Produces("text/html; charset=utf-8")
  @PublicOp(
      value = "platform.docs.show",
      reason = "the reference holds no tenant's data",
      summary = "Show the API reference as a page")
  public Response page() {
    return Response.ok(bytes("dev/slipway/http/reference.html"), "text/html; charset=utf-8")
        .header(
            "Content-Security-Policy",
            "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline';"
                + " img-src 'self' data:; connect-src 'self'; worker-src blob:; font-src 'self';"
                + " base-uri 'none'; form-action 'none'; frame-ancestors 'none'")
        .build();
  }

  /** Scripts and styles of the page. */
  @GET
  @Path("assets/{name}")
  @Produces("text/javascript")
  @PublicOp(
      value = "platform.docs.asset",
      reason = "the reference holds no tenant's data",
      summary = "Deliver a script or style of the API reference")
  public Response asset(@PathParam("name") String name) {
    var asset = ASSETS.get(name);
    if (asset == null) {
      throw CommonError.NOT_FOUND.of("asset");
    }
    var text = new String(bytes(asset.resource()), StandardCharsets.UTF_8);
    return Response.ok(text.replace(FOREIGN_PICTURE, "data:,"), asset.mediaType())
        .header("Cache-Control", "public, max-age=3600")
        .build();
  }

  /** The document. */
  @GET
  @Path("openapi.json")
  @PublicOp(
      value = "platform.docs.read",
      reason = "the reference holds no tenant's data",
      summary = "Publish the OpenAPI 3.1 document of the active bundles")
  public Map<String, Object> document(@QueryParam("tag") @Nullable String tag) {
    var active = bundles.get();
    if (tag != null) {
      return generator.document(active, tag);
    }
    var known = cached;
    if (!known.bundles().equals(active)) {
      known = new Cached(active, generator.document(active, null));
      cached = known;
    }
    return known.document();
  }

  private static byte[] bytes(String resource) {
    var own = DocsResource.class.getClassLoader().getResourceAsStream(resource);
    // Third-party assets stand on the launcher's class path, outside of any bundle.
    try (var in = own == null ? ClassLoader.getSystemResourceAsStream(resource) : own) {
      if (in == null) {
        throw CommonError.NOT_FOUND.of("asset");
      }
      return in.readAllBytes();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private record Asset(String resource, String mediaType) {}

  private record Cached(List<BundleRoutes> bundles, Map<String, Object> document) {}
}
